import { useId } from "react";
import { useAnswer } from "../api/answer.ts";
import { figureIn } from "../chart/time-data.ts";
import { Answered } from "../page/answered.tsx";
import { Empty } from "../page/empty.tsx";
import { LeftOut } from "../page/left-out.tsx";
import { useT } from "../text/texts.tsx";
import { useFitting } from "../view/use-fitting.ts";
import { useView } from "../view/use-view.ts";
import classes from "./figure.module.css";
import { FigureCard } from "./figure-card.tsx";
import { FigureGrid, FigureGridSkeleton } from "./figure-grid.tsx";

/**
 * Figures side by side under a heading; those that the filters of the view do not fit are named below.
 *
 * @param props heading, metrics with their variants, how people are counted
 */
export function FigureSection({
  title,
  metrics,
  basis = "period",
  unlock,
}: {
  readonly title: string;
  readonly metrics: readonly string[];
  readonly basis?: "period" | "cohort";
  /** Said when none of the figures has any data: which input would give them. */
  readonly unlock?: string;
}) {
  const id = useId();
  const { fitting, leftOut } = useFitting()(metrics);
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {fitting.length > 0 ? <Cards metrics={fitting} basis={basis} unlock={unlock ?? ""} /> : null}
      <LeftOut metrics={leftOut} />
    </section>
  );
}

function Cards({
  metrics,
  basis,
  unlock,
}: {
  readonly metrics: readonly string[];
  readonly basis: "period" | "cohort";
  readonly unlock: string;
}) {
  const t = useT();
  const { ask } = useView();
  const query = useAnswer(ask({ metrics, basis }));
  return (
    <Answered query={query} height={186} skeleton={<FigureGridSkeleton count={metrics.length} />}>
      {(answer) =>
        answer.figures.every(({ state }) => state === "no_data") ? (
          <Empty title={t("page.no_figures")}>{unlock}</Empty>
        ) : (
          <div aria-busy={query.isPlaceholderData}>
            <FigureGrid>
              {metrics.map((metric) => {
                const figure = figureIn(answer, { metric });
                return figure ? <FigureCard key={metric} figure={figure} /> : null;
              })}
            </FigureGrid>
          </div>
        )
      }
    </Answered>
  );
}
