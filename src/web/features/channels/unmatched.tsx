import type { TableData } from "../../../charts/chart-table.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { compareFigures, type FigureRow, figureRows } from "../../table/figure-rows.ts";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./channels.module.css";

const metrics = ["cost", "attributed_revenue", "attributed_conversions"] as const;
const by = ["channel", "campaign"] as const;

const isNothing = (row: FigureRow, metric: string) =>
  /^-?0*(\.0*)?$/.test(row.figures[metric]?.value ?? "");

/** Campaigns in which cost and sales do not meet: money that brought nothing, and sales that cost nothing on paper. */
export function Unmatched() {
  const t = useT();
  const { ask } = useView();
  const query = useAnswer(ask({ metrics, by }));
  const parts = query.data ? partsOf(query.data, t) : [];
  const title = t("channels.unmatched");
  const words = useWords(title, parts);
  return (
    <Panel
      title={title}
      about={t("channels.unmatched_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} table={words} />}
    >
      <Answered query={query} height={320}>
        {(answer) => <Both answer={answer} parts={parts} />}
      </Answered>
    </Panel>
  );
}

/** One of the two lists. */
interface Part {
  readonly id: "burnt" | "free";
  readonly title: string;
  readonly none: string;
  readonly rows: readonly FigureRow[];
}

function partsOf(answer: ShownAnswer, t: ReturnType<typeof useT>): readonly Part[] {
  const { rows } = figureRows(answer);
  const burnt = rows.filter(
    (row) => !isNothing(row, "cost") && isNothing(row, "attributed_revenue"),
  );
  // Direct and organic visits cost nothing by nature; a campaign was paid for by somebody.
  const free = rows.filter(
    (row) =>
      row.group.campaign !== null &&
      isNothing(row, "cost") &&
      !isNothing(row, "attributed_revenue"),
  );
  return [
    { id: "burnt", title: t("channels.burnt"), none: t("channels.burnt_none"), rows: burnt },
    { id: "free", title: t("channels.uncosted"), none: t("channels.uncosted_none"), rows: free },
  ];
}

/** Both lists as one table of words. */
function useWords(caption: string, parts: readonly Part[]): TableData {
  const { nameOf, dimensionName } = useKnown();
  return {
    caption,
    columns: ["", ...by.map(dimensionName), ...metrics.map(nameOf)],
    rows: parts.flatMap(({ title, rows }) =>
      rows.map(({ texts, figures }) => [
        title,
        ...by.map((dimension) => texts[dimension] ?? ""),
        ...metrics.map((metric) => figures[metric]?.text ?? "–"),
      ]),
    ),
  };
}

function Both({
  answer,
  parts,
}: {
  readonly answer: ShownAnswer;
  readonly parts: readonly Part[];
}) {
  return (
    <div className={classes.twin}>
      {parts.map(({ id, title, none, rows: found }) => (
        <div key={id}>
          <h3>{title}</h3>
          {found.length === 0 ? (
            <Empty title={none} height={80} />
          ) : (
            <Rows id={id} title={title} answer={answer} rows={found} />
          )}
        </div>
      ))}
    </div>
  );
}

function Rows({
  id,
  title,
  answer,
  rows,
}: {
  readonly id: "burnt" | "free";
  readonly title: string;
  readonly answer: ShownAnswer;
  readonly rows: readonly FigureRow[];
}) {
  const shown = id === "burnt" ? (["cost"] as const) : metrics.slice(1);
  const [first = "cost"] = shown;
  const sorted = rows.toSorted((a, b) => compareFigures(a.figures[first], b.figures[first], true));
  return (
    <FigureTable
      id={id}
      caption={title}
      by={by}
      metrics={shown}
      hasTotal={false}
      answer={{
        ...answer,
        groups: sorted.map(({ group }) => group),
        groupTexts: sorted.map(({ texts }) => texts),
      }}
    />
  );
}
