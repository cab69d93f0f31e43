import { parseFilter, testsOf } from "../../figures/filter.ts";
import type { ShownMetric } from "../../server/api.ts";
import type { Known } from "./known.tsx";

/** Metrics that a filter can narrow, and the others with the dimensions that they lack. */
export interface Fitting {
  readonly fit: readonly string[];
  readonly unfit: readonly { readonly metric: string; readonly lacks: readonly string[] }[];
}

function dimensionsIn(filter: string): readonly string[] {
  if (filter === "") return [];
  try {
    return [...new Set(testsOf(parseFilter(filter)).map(({ dimension }) => dimension))];
  } catch {
    // The server says what is wrong with it.
    return [];
  }
}

function dimensionsOf(metric: ShownMetric | undefined, variant: string | undefined) {
  const [usual] = metric?.variants ?? [];
  return (metric?.variants.find(({ id }) => id === variant) ?? usual)?.dimensions;
}

/**
 * Tells which metrics a filter can narrow: asked together, one that it cannot would make the whole question fail.
 *
 * @param metrics ids, each with an optional variant
 * @param filter in the filter language
 * @param known the catalogue
 */
export function fitting(
  metrics: readonly string[],
  filter: string,
  known: Pick<Known, "metric">,
): Fitting {
  const needed = dimensionsIn(filter);
  const checked = metrics.map((name) => {
    const [id = "", variant] = name.split("@");
    const offered = dimensionsOf(known.metric(id), variant);
    return {
      metric: name,
      lacks: offered ? needed.filter((one) => !offered.includes(one)) : [],
    };
  });
  return {
    fit: checked.filter(({ lacks }) => lacks.length === 0).map(({ metric }) => metric),
    unfit: checked.filter(({ lacks }) => lacks.length > 0),
  };
}
