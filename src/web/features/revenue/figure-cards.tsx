import type { AppText } from "../../../locales/app-texts.ts";
import { useAnswer } from "../../api/answer.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureGrid, FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { UnfitCard } from "../../figure/unfit-card.tsx";
import { Answered } from "../../page/answered.tsx";
import { useT } from "../../text/texts.tsx";
import { fitting } from "../../view/fitting.ts";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { Section } from "./section.tsx";

/**
 * Figures side by side under a heading; those that the filter cannot narrow say so.
 *
 * @param props heading, metrics
 */
export function FigureCards({
  title,
  metrics,
}: {
  readonly title: AppText;
  readonly metrics: readonly string[];
}) {
  const t = useT();
  const { ask, view } = useView();
  const { fit, unfit } = fitting(metrics, view.filter, useKnown());
  const query = useAnswer(ask({ metrics: fit.length > 0 ? fit : ["revenue"] }));
  const isBusy = query.isPlaceholderData;
  return (
    <Section title={t(title)} isBusy={isBusy}>
      <Answered query={query} height={390} skeleton={<FigureGridSkeleton count={metrics.length} />}>
        {(answer) => (
          <FigureGrid>
            {fit.map((metric) => {
              const figure = figureIn(answer, { metric });
              return figure ? <FigureCard key={metric} figure={figure} /> : null;
            })}
            {unfit.map((one) => (
              <UnfitCard key={one.metric} {...one} />
            ))}
          </FigureGrid>
        )}
      </Answered>
    </Section>
  );
}
