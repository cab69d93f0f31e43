import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/answer.ts";
import { attributionModelsQuery } from "../../api/attribution-models.ts";
import { FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { Answered } from "../../page/answered.tsx";
import { Notes } from "../../page/notices.tsx";
import { Page } from "../../page/page.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import { Answers, answerMetrics } from "./answers.tsx";
import { Books } from "./books.tsx";
import { CreditTable } from "./credit-table.tsx";
import { Journeys } from "./journeys.tsx";
import { Models } from "./models.tsx";
import { OneOrder } from "./one-order.tsx";
import { useAttributed } from "./use-attributed.ts";

const ConversionsBehind = lazy(() =>
  import("./conversions-behind.tsx").then(({ ConversionsBehind: found }) => ({ default: found })),
);

/** Who deserves credit, and how much does that depend on the model? */
export function Screen() {
  const { t, locale } = useTexts();
  const { ask, view } = useView();
  const { by, question } = useAttributed();
  const answers = useAnswer(ask({ metrics: answerMetrics }));
  const models = useQuery(attributionModelsQuery({ question, by }, locale));
  return (
    <Page title={t("nav.attribution")} question={t("attribution.question")}>
      <Answered query={answers} height={190} skeleton={<FigureGridSkeleton count={3} />}>
        {(answer) => (
          <>
            <Answers answer={answer} isBusy={answers.isPlaceholderData} />
            <Notes notes={answer.notes} />
          </>
        )}
      </Answered>
      <Answered query={models} height={640}>
        {(comparison) => <Models comparison={comparison} isBusy={models.isPlaceholderData} />}
      </Answered>
      <CreditTable />
      <Journeys />
      <OneOrder />
      <Books />
      <Suspense fallback={null}>{view.search.jl ? <ConversionsBehind /> : null}</Suspense>
    </Page>
  );
}
