import { useQuery } from "@tanstack/react-query";
import { useAnswer } from "../../api/answer.ts";
import { warningsQuery } from "../../api/warnings.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureGrid, FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { Answered } from "../../page/answered.tsx";
import { Notes, Notices } from "../../page/notices.tsx";
import { Page } from "../../page/page.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import { Breakdown } from "./breakdown.tsx";
import { OverTime } from "./over-time.tsx";
import { Shares } from "./shares.tsx";
import { Unmatched } from "./unmatched.tsx";

const keyMetrics = [
  "cost",
  "attributed_revenue",
  "roi",
  "roas",
  "cac",
  "ad_clicks",
  "cpc",
  "sessions",
  "new_leads",
  "cost_per_lead",
] as const;

/** Where does the next unit of money work, where does it burn? */
export function Screen() {
  const { t, locale } = useTexts();
  const { ask } = useView();
  const query = useAnswer(ask({ metrics: keyMetrics }));
  const warnings = useQuery(warningsQuery(locale));
  return (
    <Page title={t("nav.channels")} question={t("channels.question")}>
      <Notices notices={warnings.data?.warnings ?? []} />
      <Answered
        query={query}
        height={190}
        skeleton={<FigureGridSkeleton count={keyMetrics.length} />}
      >
        {(answer) => (
          <>
            <Notes notes={answer.notes} />
            <div aria-busy={query.isPlaceholderData}>
              <FigureGrid>
                {keyMetrics.map((metric) => {
                  const figure = figureIn(answer, { metric });
                  return figure ? <FigureCard key={metric} figure={figure} /> : null;
                })}
              </FigureGrid>
            </div>
          </>
        )}
      </Answered>
      <Breakdown />
      <OverTime />
      <Shares />
      <Unmatched />
    </Page>
  );
}
