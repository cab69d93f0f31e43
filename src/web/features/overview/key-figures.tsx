import { useElementSize } from "@mantine/hooks";
import { Sparkline } from "../../../charts/sparkline.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { datumOf, figureIn, figuresOverTime } from "../../chart/time-data.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureGrid } from "../../figure/figure-grid.tsx";
import { UnfitCard } from "../../figure/unfit-card.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import type { Fitting } from "../../view/use-fitting.ts";
import { type KeyMetric, keyMetrics } from "./metrics.ts";

/**
 * The figures that say whether it pays, each with its course.
 *
 * @param props the key figures, and those that the filter cannot narrow; `isBusy` while newer ones are on their way
 */
export function KeyFigures({
  answer,
  fit: { leftOut, lacks },
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly fit: Fitting;
  readonly isBusy: boolean;
}) {
  return (
    <div aria-busy={isBusy}>
      <FigureGrid>
        {keyMetrics.map((metric) => {
          const figure = figureIn(answer, { metric });
          return figure ? (
            <FigureCard
              key={metric}
              figure={figure}
              picture={<Course answer={answer} metric={metric} />}
            />
          ) : null;
        })}
        {leftOut.map((metric) => (
          <UnfitCard key={metric} metric={metric} lacks={lacks[metric] ?? []} />
        ))}
      </FigureGrid>
    </div>
  );
}

function Course({ answer, metric }: { readonly answer: ShownAnswer; readonly metric: KeyMetric }) {
  const { locale } = useTexts();
  const { nameOf } = useKnown();
  const { ref, width } = useElementSize();
  const values = figuresOverTime(answer, { metric }).map(datumOf);
  const isDrawn = values.filter(({ value }) => value !== null).length > 1;
  return (
    <div ref={ref} style={{ height: 32 }}>
      {isDrawn && width > 0 ? (
        <Sparkline
          title={nameOf(metric)}
          width={width}
          height={32}
          locale={locale}
          values={values}
          isOpen={answer.buckets.at(-1)?.isComplete === false}
        />
      ) : null}
    </div>
  );
}
