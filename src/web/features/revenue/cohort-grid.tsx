import { CohortHeat, cohortHeatTable } from "../../../charts/cohort-heat.tsx";
import type { Datum } from "../../../charts/datum.ts";
import { printFigure } from "../../../figures/print.ts";
import type { AskedQuestion } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { bucketText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import {
  type CellKind,
  type Cohort,
  cellMetrics,
  cohortPeriod,
  cohortsIn,
  firstAge,
} from "./cohorts.ts";
import { Fitted } from "./fitted.tsx";
import classes from "./revenue.module.css";

const kinds = ["retention", "value", "margin"] as const;

/** px that a cell needs for its number; narrower screens move the grid sideways. */
const cellWidth = { retention: 46, value: 58, margin: 58 } as const;
const headWidth = 190;

/** Cohorts of customers by the month of their first order, month after month. */
export function CohortGrid() {
  const { t } = useTexts();
  const { view } = useView();
  const kind = kinds.find((one) => one === view.search.co) ?? "retention";
  const title = t("revenue.cohorts");
  return (
    <Fitted title={title} metrics={[cellMetrics[kind]]}>
      <Asked title={title} kind={kind} />
    </Fitted>
  );
}

function Asked({ title, kind }: { readonly title: string; readonly kind: CellKind }) {
  const { ask, view } = useView();
  const { workspace } = useKnown();
  const metric = cellMetrics[kind];
  const period = cohortPeriod(view.period, workspace.firstDay);
  const question = ask({
    metrics: [metric],
    by: ["cohort"],
    grain: "month",
    compare: "none",
    period,
  });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={480}>
      {(answer) => (
        <Drawn
          cohorts={cohortsIn(answer)}
          kind={kind}
          title={title}
          question={question}
          isBusy={query.isPlaceholderData}
        />
      )}
    </Answered>
  );
}

function Drawn({
  cohorts,
  kind,
  title,
  question,
  isBusy,
}: {
  readonly cohorts: readonly Cohort[];
  readonly kind: CellKind;
  readonly title: string;
  readonly question: AskedQuestion;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { open } = useExplain();
  const actions = <Cells kind={kind} />;
  const count = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  if (count < 2) {
    return (
      <Panel title={title} actions={actions}>
        <Empty title={t("revenue.no_cohorts")} height={120}>
          {t("revenue.none_about")}
        </Empty>
      </Panel>
    );
  }
  const start = firstAge[kind];
  const ages = Array.from({ length: count - start }, (_, index) => start + index);
  const data = {
    title,
    periods: ages.map(String),
    valueName: t(`revenue.cells.${kind}`),
    cohorts: cohorts.map(({ month, cells }) => ({
      name: bucketText(month, "month", workspace.timeZone, locale),
      size: sizeOf(cells, (value) => printFigure({ value, unit: "count" }, locale)),
      cells: ages.map((age) => datumIn(cells[age])),
    })),
  };
  return (
    <ChartPanel
      title={title}
      about={t(`revenue.cells_about.${kind}`)}
      isBusy={isBusy}
      table={cohortHeatTable({ ...data, locale })}
      question={question}
      actions={actions}
    >
      {(place) => (
        <div className={classes.wide}>
          <CohortHeat
            {...data}
            {...place}
            width={Math.max(place.width, headWidth + ages.length * cellWidth[kind])}
            onOpen={(index) => {
              const cohort = cohorts[Math.floor(index / ages.length)];
              const cell = cohort?.cells[start + (index % ages.length)];
              if (cell) open(targetOf(cell.figure, cell.period));
            }}
          />
        </div>
      )}
    </ChartPanel>
  );
}

type Cell = Cohort["cells"][number];

/** A month that is not over is marked as incomplete, unless its state already says more. */
function datumIn(cell: Cell | undefined): Datum | null {
  if (!cell) return null;
  const datum = datumOf(cell.figure);
  const isWhole = cell.isComplete || datum.state !== "ok";
  return isWhole ? datum : { ...datum, state: "partial" };
}

/** Customers of a cohort: what each of its figures is divided by. */
function sizeOf(cells: readonly Cell[], print: (value: string) => string): Datum | undefined {
  const value = cells.at(-1)?.figure.denominator;
  return value === undefined ? undefined : { value, label: print(value) };
}

/** The choice of what the cells say. */
function Cells({ kind }: { readonly kind: CellKind }) {
  const { t } = useTexts();
  const { set } = useView();
  return (
    <Choice
      name={t("revenue.cells")}
      value={kind}
      shown={t(`revenue.cells.${kind}`)}
      options={kinds.map((id) => ({ id, text: t(`revenue.cells.${id}`) }))}
      onChoose={(id) => set({ co: id === "retention" ? undefined : id }, { replace: true })}
    />
  );
}
