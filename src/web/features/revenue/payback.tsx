import { TimeSeries } from "../../../charts/time-series.tsx";
import { timeSeriesTable } from "../../../charts/time-series-words.ts";
import { addMonths } from "../../../ledger/calendar.ts";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import {
  datumOf,
  figureIn,
  figuresOverTime,
  seriesOf,
  timeBuckets,
} from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { bucketText } from "../../text/dates.ts";
import { Phrase } from "../../text/phrase.tsx";
import { useTexts } from "../../text/texts.tsx";
import { filterOfGroup } from "../../view/filters.ts";
import { useKnown } from "../../view/known.tsx";
import type { Period } from "../../view/period.ts";
import { useView } from "../../view/use-view.ts";
import { cellMetrics, cohortPeriod } from "./cohorts.ts";
import { Fitted } from "./fitted.tsx";

const metrics = [cellMetrics.margin, cellMetrics.value] as const;

/** What a cohort has brought per customer, month after month, until it has earned back what each cost to win. */
export function Payback() {
  const { t } = useTexts();
  const title = t("revenue.payback");
  return (
    <Fitted title={title} metrics={["cac", ...metrics]}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const { ask, view } = useView();
  const { workspace } = useKnown();
  const whole = cohortPeriod(view.period, workspace.firstDay);
  const months = monthsOf(whole);
  const month = months.find((one) => one.slice(0, 7) === view.search.pc) ?? months[0] ?? whole.from;
  const first: Period = { from: month, to: addMonths(month, 1) };
  const filter = filterOfGroup({ cohort: month.slice(0, 7) });
  const period = { from: month, to: whole.to };
  const brought = useAnswer(ask({ metrics, filter, period, grain: "month", compare: "none" }));
  const cost = useAnswer(ask({ metrics: ["cac"], period: first, compare: "none" }));
  return (
    <Answered query={cost} height={380}>
      {(spent) => (
        <Answered query={brought} height={380}>
          {(answer) => (
            <Drawn
              answer={answer}
              spent={spent}
              months={months}
              first={first}
              title={title}
              isBusy={brought.isPlaceholderData || cost.isPlaceholderData}
            />
          )}
        </Answered>
      )}
    </Answered>
  );
}

/** First days of the months of a period; the last one has no month after it to pay back in. */
function monthsOf({ from, to }: Period): readonly string[] {
  const months: string[] = [];
  for (let month = from; month < to; month = addMonths(month, 1)) months.push(month);
  return months.slice(0, Math.max(1, months.length - 1));
}

interface DrawnProps {
  readonly answer: ShownAnswer;
  readonly spent: ShownAnswer;
  readonly months: readonly string[];
  /** The month of the cohort. */
  readonly first: Period;
  readonly title: string;
  readonly isBusy: boolean;
}

function Drawn({ answer, spent, months, first, title, isBusy }: DrawnProps) {
  const { t, locale } = useTexts();
  const { workspace, nameOf } = useKnown();
  const { open } = useExplain();
  const { timeZone } = workspace;
  const name = (month: string) => bucketText(month, "month", timeZone, locale);
  const hasMargin = figuresOverTime(answer, { metric: metrics[0] }).some(
    (figure) => figure?.value != null,
  );
  const kind = hasMargin ? "margin" : "value";
  const metric = cellMetrics[kind];
  const figures = figuresOverTime(answer, { metric });
  const cac = figureIn(spent, { metric: "cac" });
  const data = {
    title,
    locale,
    timeZone,
    buckets: timeBuckets(answer, { grain: "month", timeZone, locale }),
    series: [seriesOf(answer, { metric }, t(`revenue.cells.${kind}`))],
    target: cac?.value == null ? undefined : { name: nameOf("cac"), datum: datumOf(cac) },
    unit: { unit: "money", currency: figures[0]?.currency ?? workspace.currency },
  };
  return (
    <ChartPanel
      title={title}
      about={<About cac={cac} first={first} month={name(first.from)} kind={kind} />}
      isBusy={isBusy}
      table={timeSeriesTable(data)}
      actions={<CohortChoice months={months} month={first.from} name={name} />}
    >
      {(place) => (
        <TimeSeries
          {...data}
          {...place}
          height={260}
          onOpen={(index) => {
            const [figure, bucket] = [figures[index], answer.buckets[index]];
            if (!figure || !bucket) return;
            const target = targetOf(figure, { from: bucket.from, to: bucket.to });
            open({ ...target, filter: filterOfGroup({ cohort: first.from.slice(0, 7) }) });
          }}
        />
      )}
    </ChartPanel>
  );
}

/** What the line is, and what it has to cross. */
function About({
  cac,
  first,
  month,
  kind,
}: {
  readonly cac: ShownFigure | undefined;
  readonly first: Period;
  readonly month: string;
  readonly kind: "margin" | "value";
}) {
  const { t } = useTexts();
  const value = t(`revenue.cells.${kind}`);
  const hasCost = cac?.value != null;
  return (
    <>
      <Phrase
        text={hasCost ? "revenue.payback_about" : "revenue.payback_no_cost"}
        with={{ month, value, cac: cac ? <FigureLink figure={cac} period={first} /> : null }}
      />{" "}
      {kind === "margin" ? null : t("revenue.payback_revenue")}
    </>
  );
}

function CohortChoice({
  months,
  month,
  name,
}: {
  readonly months: readonly string[];
  readonly month: string;
  readonly name: (month: string) => string;
}) {
  const { t } = useTexts();
  const { set } = useView();
  return (
    <Choice
      name={t("revenue.cohort")}
      value={month}
      shown={name(month)}
      options={months.map((id) => ({ id, text: name(id) }))}
      onChoose={(id) =>
        set({ pc: id === months[0] ? undefined : id.slice(0, 7) }, { replace: true })
      }
    />
  );
}
