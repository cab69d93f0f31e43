import { useMemo } from "react";
import { parseFilter, testsOf } from "../../figures/filter.ts";
import { useKnown } from "./known.tsx";
import { useView } from "./use-view.ts";

/** Metrics that know every dimension asked about, and those that do not, with what they lack. */
export interface Fitting {
  readonly fitting: readonly string[];
  readonly leftOut: readonly string[];
  readonly lacks: Readonly<Record<string, readonly string[]>>;
}

/**
 * Returns the dimensions that a filter names; none where it cannot be read, which the server then explains.
 *
 * @param filter in the filter language
 */
export function dimensionsIn(filter: string): readonly string[] {
  if (filter === "") return [];
  try {
    return [...new Set(testsOf(parseFilter(filter)).map(({ dimension }) => dimension))];
  } catch {
    return [];
  }
}

/**
 * Returns the function that tells metrics which can be asked for under the view's filters from those which cannot: asked
 * together, one that cannot would take every figure of a screen away.
 */
export function useFitting(): (metrics: readonly string[], by?: readonly string[]) => Fitting {
  const { view } = useView();
  const { metric } = useKnown();
  return useMemo(() => {
    const used = dimensionsIn(view.filter);
    const lacking = (reference: string, wanted: readonly string[]) => {
      const [id = "", named] = reference.split("@");
      const variants = metric(id)?.variants;
      const meant = variants?.find((one) => one.id === named) ?? variants?.[0];
      // Of a metric that nobody knows, the server says so.
      return meant ? wanted.filter((dimension) => !meant.dimensions.includes(dimension)) : [];
    };
    return (metrics, by = []) => {
      const wanted = [...used, ...by];
      const lacks = Object.fromEntries(metrics.map((one) => [one, lacking(one, wanted)]));
      const isFit = (one: string) => lacks[one]?.length === 0;
      return {
        fitting: metrics.filter(isFit),
        leftOut: metrics.filter((one) => !isFit(one)),
        lacks,
      };
    };
  }, [metric, view.filter]);
}
