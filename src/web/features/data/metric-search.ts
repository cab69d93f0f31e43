import type { ShownMetric } from "../../../server/api.ts";
import { distance } from "../../frame/palette-search.ts";

/**
 * Returns the metrics that fit what was typed, by name, synonym in any language, or id; the best first.
 *
 * @param metrics all of them
 * @param typed what was typed; nothing keeps their order
 */
export function metricsFor<Metric extends Pick<ShownMetric, "name" | "synonyms">>(
  metrics: readonly Metric[],
  typed: string,
): readonly Metric[] {
  return metrics
    .flatMap((metric) => {
      const away = distance({ title: metric.name, synonyms: metric.synonyms }, typed);
      return away === null ? [] : [{ metric, away }];
    })
    .toSorted((a, b) => a.away - b.away)
    .map(({ metric }) => metric);
}
