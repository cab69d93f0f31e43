import { BarTable, barTableTable } from "../../../charts/bar-table.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Unfit } from "../../page/left-out.tsx";
import { compareFigures } from "../../table/figure-rows.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";

const metrics = ["inbox_placement_rate", "spam_placement_rate"] as const;
const by = ["provider"] as const;

/** Whether e-mails reach the inbox, by the provider of the mailbox: trouble sits at one of them. */
export function Placement() {
  const { ask } = useView();
  const { nameOf } = useKnown();
  const { fitting, leftOut } = useFitting()(metrics, by);
  const question = ask({ metrics: fitting, by });
  const query = useAnswer(fitting.length > 0 ? question : null);
  if (fitting.length === 0) return <Unfit title={nameOf(metrics[0])} metrics={leftOut} />;
  return (
    <Answered query={query} height={240}>
      {(answer) => <Bars answer={answer} question={question} isBusy={query.isPlaceholderData} />}
    </Answered>
  );
}

function Bars({
  answer,
  question,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf } = useKnown();
  const { open } = useExplain();
  const [metric] = metrics;
  const shown = answer.groups
    .flatMap((group, index) => {
      const figure = figureIn(answer, { metric, group });
      const name = answer.groupTexts[index]?.provider ?? "";
      return figure && figure.value !== null ? [{ name, figure }] : [];
    })
    .toSorted((a, b) => compareFigures(a.figure, b.figure, false));
  const data = {
    title: nameOf(metric),
    locale,
    rows: shown.map(({ name, figure }) => ({
      name,
      datum: datumOf(figure),
      comparison: figure.comparison
        ? { value: figure.comparison.value, label: figure.comparison.text }
        : undefined,
    })),
    valueName: nameOf(metric),
    comparisonName: t("messaging.comparison"),
  };
  return (
    <ChartPanel
      title={data.title}
      about={t("messaging.placement_about")}
      isBusy={isBusy}
      table={barTableTable(data)}
      question={question}
    >
      {(place) =>
        shown.length === 0 ? (
          <Empty title={t("messaging.no_placement")} height={100}>
            {t("messaging.no_placement_about")}
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
