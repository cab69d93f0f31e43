import { BarTable, barTableTable } from "../../../charts/bar-table.tsx";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Unfit } from "../../page/left-out.tsx";
import { compareFigures } from "../../table/figure-rows.ts";
import { Phrase } from "../../text/phrase.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";

const metric = "time_in_stage@median";

/** How long people stay in each stage; the longest wait is the bottleneck. */
export function Stages() {
  const { ask } = useView();
  const { t } = useTexts();
  const { fitting, leftOut } = useFitting()([metric, "time_in_stage@p90"], ["stage"]);
  const question = ask({ metrics: fitting, by: ["stage"] });
  const query = useAnswer(fitting.length > 0 ? question : null);
  if (fitting.length === 0) return <Unfit title={t("funnel.stages")} metrics={leftOut} />;
  return (
    <Answered query={query} height={300}>
      {(answer) => <Waits answer={answer} question={question} isBusy={query.isPlaceholderData} />}
    </Answered>
  );
}

interface Stage {
  readonly name: string;
  readonly figure: ShownFigure;
}

const named: Readonly<Record<string, string>> = {
  lead: "new_leads",
  mql: "mqls",
  sql: "sqls",
  opportunity: "opportunities",
  customer: "new_customers",
};

/** The stages with a time, the longest first. */
function stagesOf(answer: ShownAnswer, nameOf: (metric: string) => string): readonly Stage[] {
  return answer.groups
    .flatMap((group, index) => {
      const figure = figureIn(answer, { metric, group });
      const stage = named[group.stage ?? ""];
      const name = stage ? nameOf(stage) : (answer.groupTexts[index]?.stage ?? "");
      return figure && figure.value !== null ? [{ name, figure }] : [];
    })
    .toSorted((a, b) => compareFigures(a.figure, b.figure, true));
}

function Waits({
  answer,
  question,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf, workspace } = useKnown();
  const { open } = useExplain();
  const shown = stagesOf(answer, nameOf);
  const longest = shown.find(({ figure }) => Number(figure.n ?? 0) >= workspace.few);
  const data = {
    title: t("funnel.stages"),
    locale,
    rows: shown.map(({ name, figure }) => ({
      name,
      datum: datumOf(figure),
      comparison: figure.comparison
        ? { value: figure.comparison.value, label: figure.comparison.text }
        : undefined,
    })),
    valueName: nameOf(metric),
    comparisonName: t("funnel.comparison"),
  };
  return (
    <ChartPanel
      title={data.title}
      about={
        longest ? (
          <Phrase
            text="funnel.bottleneck"
            with={{ stage: longest.name, time: <FigureLink figure={longest.figure} /> }}
          />
        ) : shown.length > 0 ? (
          t("funnel.no_bottleneck", { few: workspace.few })
        ) : undefined
      }
      isBusy={isBusy}
      table={barTableTable(data)}
      question={question}
    >
      {(place) =>
        shown.length === 0 ? (
          <Empty title={t("funnel.no_stages")} height={120}>
            {t("funnel.no_stages_about")}
          </Empty>
        ) : (
          <BarTable
            {...data}
            {...place}
            onOpen={(index) => {
              const figure = shown[index]?.figure;
              if (figure) open(targetOf(figure));
            }}
          />
        )
      }
    </ChartPanel>
  );
}
