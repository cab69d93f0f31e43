import { useQuery } from "@tanstack/react-query";
import { useAnswer } from "../../api/answer.ts";
import { warningsQuery } from "../../api/warnings.ts";
import { FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { Answered } from "../../page/answered.tsx";
import { Notes, Notices } from "../../page/notices.tsx";
import { Page } from "../../page/page.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { AnswerLine } from "./answer-line.tsx";
import { Campaigns } from "./campaigns.tsx";
import { ChangeByChannel } from "./change-by-channel.tsx";
import { Course } from "./course.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { keyMetrics } from "./metrics.ts";

/** Does it pay, and what changed? */
export function Screen() {
  const { t, locale } = useTexts();
  const { ask } = useView();
  const fit = useFitting()(keyMetrics);
  const query = useAnswer(ask({ metrics: fit.fitting, grain: "view" }));
  const warnings = useQuery(warningsQuery(locale));
  return (
    <Page title={t("nav.overview")} question={t("overview.question")}>
      <Notices notices={warnings.data?.warnings ?? []} />
      <Answered
        query={query}
        height={640}
        skeleton={<FigureGridSkeleton count={keyMetrics.length} />}
      >
        {(answer) => (
          <>
            <AnswerLine answer={answer} />
            <Notes notes={answer.notes} />
            <KeyFigures answer={answer} fit={fit} isBusy={query.isPlaceholderData} />
            <Course answer={answer} isBusy={query.isPlaceholderData} />
          </>
        )}
      </Answered>
      <ChangeByChannel />
      <Campaigns />
    </Page>
  );
}
