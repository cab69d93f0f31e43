import { useId } from "react";
import type { AppText } from "../../../locales/app-texts.ts";
import { useAnswer } from "../../api/answer.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureGrid, FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { Answered } from "../../page/answered.tsx";
import { useT } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./funnel.module.css";

/**
 * Figures side by side under a heading.
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
  const id = useId();
  const { ask } = useView();
  const query = useAnswer(ask({ metrics }));
  return (
    <section className={classes.section} aria-labelledby={id} aria-busy={query.isPlaceholderData}>
      <h2 id={id}>{t(title)}</h2>
      <Answered query={query} height={390} skeleton={<FigureGridSkeleton count={metrics.length} />}>
        {(answer) => (
          <FigureGrid>
            {metrics.map((metric) => {
              const figure = figureIn(answer, { metric });
              return figure ? <FigureCard key={metric} figure={figure} /> : null;
            })}
          </FigureGrid>
        )}
      </Answered>
    </section>
  );
}
