import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { compareFigures, figureRows } from "../../table/figure-rows.ts";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./overview.module.css";

const metrics = ["roi", "attributed_revenue", "cost"] as const;
const by = ["campaign"] as const;
const shown = 5;

/** The campaigns that returned most and least, among those with a cost. */
export function Campaigns() {
  const t = useT();
  const { ask } = useView();
  const question = ask({ metrics, by });
  const query = useAnswer(question);
  const title = t("overview.campaigns");
  return (
    <Panel
      title={title}
      about={t("overview.campaigns_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={320}>
        {(answer) => <BestAndWorst answer={answer} />}
      </Answered>
    </Panel>
  );
}

function BestAndWorst({ answer }: { readonly answer: ShownAnswer }) {
  const t = useT();
  const ranked = figureRows(answer)
    .rows.filter(({ group }) => group.campaign !== null)
    .filter(({ figures }) => figures.roi?.value != null && figures.roi.state !== "too_few")
    .toSorted((a, b) => compareFigures(a.figures.roi, b.figures.roi, true));
  if (ranked.length === 0) return <Empty title={t("overview.no_campaigns")} height={120} />;
  const half = Math.min(shown, Math.ceil(ranked.length / 2));
  const parts = [
    { id: "best", title: t("overview.best"), rows: ranked.slice(0, half) },
    { id: "worst", title: t("overview.worst"), rows: ranked.slice(half).slice(-shown).reverse() },
  ];
  return (
    <div className={classes.twin}>
      {parts
        .filter(({ rows }) => rows.length > 0)
        .map(({ id, title, rows }) => (
          <div key={id}>
            <h3>{title}</h3>
            <FigureTable
              id={id}
              caption={title}
              answer={{
                ...answer,
                groups: rows.map(({ group }) => group),
                groupTexts: rows.map(({ texts }) => texts),
              }}
              by={by}
              metrics={metrics}
              hasTotal={false}
            />
          </div>
        ))}
    </div>
  );
}
