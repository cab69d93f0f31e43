import { useMemo } from "react";
import { useKnown } from "./known.tsx";
import { useView } from "./use-view.ts";

/** Metrics that know every dimension asked about, and those that do not. */
export interface Fitting {
  readonly fitting: readonly string[];
  readonly leftOut: readonly string[];
}

const quoted = /"(?:[^"]|"")*"/g;

/**
 * Returns the dimensions that a filter names.
 *
 * @param filter in the filter language
 * @param dimensions every dimension that there is
 */
export function dimensionsIn(filter: string, dimensions: readonly string[]): readonly string[] {
  const words = new Set(filter.replaceAll(quoted, "").match(/\w+/g) ?? []);
  return dimensions.filter((one) => words.has(one));
}

/**
 * Returns the function that tells metrics which can be asked for under the view's filters from those which cannot, so that
 * one filter does not take every figure of a screen away.
 */
export function useFitting(): (metrics: readonly string[], by?: readonly string[]) => Fitting {
  const { view } = useView();
  const { catalogue, metric } = useKnown();
  return useMemo(() => {
    const all = catalogue.dimensions.map(({ id }) => id);
    const used = dimensionsIn(view.filter, all);
    const knows = (reference: string, wanted: readonly string[]) => {
      const [id = "", named] = reference.split("@");
      const variants = metric(id)?.variants ?? [];
      const meant = variants.find((one) => one.id === named) ?? variants[0];
      return wanted.every((dimension) => meant?.dimensions.includes(dimension) ?? false);
    };
    return (metrics, by = []) => {
      const wanted = [...used, ...by];
      return {
        fitting: metrics.filter((one) => knows(one, wanted)),
        leftOut: metrics.filter((one) => !knows(one, wanted)),
      };
    };
  }, [catalogue, metric, view.filter]);
}
