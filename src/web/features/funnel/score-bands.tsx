import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut, Unfit } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { figureRows } from "../../table/figure-rows.ts";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { cohortMetrics } from "./metrics.ts";
import { useBasis } from "./use-basis.ts";

const by = ["score_band"] as const;
const byPeriod = [
  "new_leads",
  "lead_to_mql_rate",
  "lead_to_sql_rate",
  "lead_to_customer_rate",
] as const;

/** Whether a higher score means a better lead: what became of the leads of each band. */
export function ScoreBands() {
  const t = useT();
  const { ask } = useView();
  const { basis } = useBasis();
  const { fitting: metrics, leftOut } = useFitting()(basis === "cohort" ? cohortMetrics : byPeriod);
  const question = ask({ metrics, by, basis });
  const query = useAnswer(metrics.length > 0 ? question : null);
  const title = t("funnel.bands");
  if (metrics.length === 0) return <Unfit title={title} metrics={leftOut} />;
  return (
    <Panel
      title={title}
      about={t("funnel.bands_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={260}>
        {(answer) => <Bands answer={answer} metrics={metrics} />}
      </Answered>
      <LeftOut metrics={leftOut} />
    </Panel>
  );
}

function Bands({
  answer,
  metrics,
}: {
  readonly answer: ShownAnswer;
  readonly metrics: readonly string[];
}) {
  const t = useT();
  const { caption, rows } = {
    caption: t("funnel.bands"),
    rows: figureRows(answer)
      .rows.filter(({ group }) => group.score_band !== null)
      .toSorted((a, b) =>
        String(a.group.score_band).localeCompare(String(b.group.score_band), "en", {
          numeric: true,
        }),
      ),
  };
  if (rows.length === 0) {
    return (
      <Empty title={t("funnel.no_bands")} height={120}>
        {t("funnel.no_bands_about")}
      </Empty>
    );
  }
  const shown = {
    ...answer,
    groups: rows.map(({ group }) => group),
    groupTexts: rows.map(({ texts }) => texts),
  };
  return (
    <FigureTable
      id="bands"
      caption={caption}
      answer={shown}
      by={by}
      metrics={metrics}
      hasTotal={false}
    />
  );
}
