import { StepFunnel, stepFunnelTable } from "../../../charts/step-funnel.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { way } from "./metrics.ts";

/** From sent to clicked: where e-mails get lost. */
export function Way() {
  const { ask } = useView();
  const { fitting } = useFitting()(
    way.flatMap(({ metric, rate }) => (rate ? [metric, rate] : [metric])),
  );
  const question = ask({ metrics: fitting });
  const query = useAnswer(fitting.length > 0 ? question : null);
  // The numbers above name what the filters do not fit.
  if (fitting.length === 0) return null;
  return (
    <Answered query={query} height={260}>
      {(answer) =>
        figureIn(answer, { metric: way[0].metric })?.value == null ? null : (
          <Steps answer={answer} question={question} isBusy={query.isPlaceholderData} />
        )
      }
    </Answered>
  );
}

function Steps({
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
  const data = {
    title: t("messaging.way"),
    locale,
    valueName: t("messaging.emails"),
    comparisonName: t("messaging.comparison"),
    steps: way.map(({ metric, rate }) => {
      const figure = figureIn(answer, { metric });
      const { comparison } = figure ?? {};
      return {
        name: nameOf(metric),
        datum: datumOf(figure),
        comparison: comparison ? { value: comparison.value, label: comparison.text } : undefined,
        rate: rate ? datumOf(figureIn(answer, { metric: rate })) : undefined,
      };
    }),
  };
  return (
    <ChartPanel
      title={data.title}
      about={t("messaging.way_about")}
      isBusy={isBusy}
      table={stepFunnelTable(data)}
      question={question}
    >
      {(place) => (
        <StepFunnel
          {...data}
          {...place}
          onOpen={(index) => {
            const figure = figureIn(answer, { metric: way[index]?.metric ?? "" });
            if (figure) open(targetOf(figure));
          }}
        />
      )}
    </ChartPanel>
  );
}
