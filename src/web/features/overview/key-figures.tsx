import { useAnswer } from "../../api/answer.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureGrid, FigureGridSkeleton } from "../../figure/figure-grid.tsx";
import { Answered } from "../../page/answered.tsx";
import { useView } from "../../view/use-view.ts";

const metrics = ["mer", "revenue", "cost", "cac", "clv_to_cac", "hours_saved"];

/** The figures that say whether it pays. */
export function KeyFigures() {
  const { ask } = useView();
  const query = useAnswer(ask({ metrics }));
  return (
    <Answered query={query} height={390} skeleton={<FigureGridSkeleton count={metrics.length} />}>
      {({ figures }) => (
        <FigureGrid>
          {figures.map((figure) => (
            <FigureCard key={figure.metric} figure={figure} />
          ))}
        </FigureGrid>
      )}
    </Answered>
  );
}
