import { StepFunnel, stepFunnelTable } from "../../../charts/step-funnel.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut, Unfit } from "../../page/left-out.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { FunnelNotes } from "./funnel-notes.tsx";
import { cohortMetrics, stageMetrics } from "./metrics.ts";
import { cohortSteps, periodSteps } from "./steps.ts";
import { useBasis } from "./use-basis.ts";

/** The funnel as bars, by the events of the period or by the leads of the period. */
export function FunnelChart() {
  const { t } = useTexts();
  const { basis } = useBasis();
  const { ask } = useView();
  const isCohort = basis === "cohort";
  const { fitting, leftOut } = useFitting()(isCohort ? cohortMetrics : stageMetrics);
  const question = ask({ metrics: fitting, basis });
  const query = useAnswer(fitting.length > 0 ? question : null);
  if (fitting.length === 0) return <Unfit title={t("funnel.title")} metrics={leftOut} />;
  return (
    <Answered query={query} height={420}>
      {(answer) => (
        <Funnel
          answer={answer}
          question={question}
          leftOut={leftOut}
          isBusy={query.isPlaceholderData}
        />
      )}
    </Answered>
  );
}

function Funnel({
  answer,
  question,
  leftOut,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly leftOut: readonly string[];
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf } = useKnown();
  const { open } = useExplain();
  // While another basis is on its way, what is there is drawn as what it is.
  const isCohort = answer.figures.some(({ metric }) => metric === cohortMetrics[1]);
  const steps = isCohort
    ? cohortSteps(answer, { locale, nameOf })
    : periodSteps(answer, { nameOf });
  const isEmpty = steps.every(({ step }) => step.datum.value === null || step.datum.value === "0");
  const data = {
    title: t("funnel.title"),
    locale,
    steps: steps.map(({ step }) => step),
    valueName: t("funnel.people"),
    comparisonName: t("funnel.comparison"),
    total: isCohort ? datumOf(steps.at(-1)?.figure) : undefined,
  };
  return (
    <ChartPanel
      title={data.title}
      about={t(isCohort ? "funnel.about_cohort" : "funnel.about_period")}
      isBusy={isBusy}
      table={stepFunnelTable(data)}
      question={question}
      actions={<BasisChoice />}
    >
      {(place) =>
        isEmpty ? (
          <Empty title={t("funnel.empty")} height={160}>
            {t("funnel.empty_about")}
          </Empty>
        ) : (
          <>
            <StepFunnel
              {...data}
              {...place}
              onOpen={(index) => {
                const figure = steps[index]?.figure;
                open(figure ? targetOf(figure) : { metric: "new_leads" }, "rows");
              }}
            />
            <FunnelNotes steps={steps} isCohort={isCohort} />
            <LeftOut metrics={leftOut} />
          </>
        )
      }
    </ChartPanel>
  );
}

function BasisChoice() {
  const { t } = useTexts();
  const { basis, setBasis } = useBasis();
  return (
    <Choice
      name={t("funnel.basis")}
      value={basis}
      shown={t(`funnel.basis_${basis}`)}
      options={[
        { id: "period", text: t("funnel.basis_period"), about: t("funnel.about_period") },
        { id: "cohort", text: t("funnel.basis_cohort"), about: t("funnel.about_cohort") },
      ]}
      onChoose={setBasis}
    />
  );
}
