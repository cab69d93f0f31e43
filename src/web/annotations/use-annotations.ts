import { useQuery } from "@tanstack/react-query";
import type { Annotation as ChartAnnotation } from "../../charts/time-series-data.ts";
import type { Annotation, ShownAnswer } from "../../server/api.ts";
import { annotationsQuery } from "../api/annotations.ts";

/** An annotation with the letter that stands for it in the drawing. */
export interface Lettered {
  readonly letter: string;
  readonly annotation: Annotation;
}

/** Annotations of the days that are drawn. */
export interface ShownAnnotations {
  /** For the chart. */
  readonly shown: readonly ChartAnnotation[];
  readonly list: readonly Lettered[];
}

/**
 * Returns the annotations that fall into buckets.
 *
 * @param buckets of a time series
 */
export function useAnnotations(buckets: ShownAnswer["buckets"]): ShownAnnotations {
  const { data } = useQuery(annotationsQuery);
  const placed = (data?.annotations ?? []).flatMap((annotation) => {
    const at = buckets.findIndex(
      ({ from, to }) => annotation.from >= from.slice(0, 10) && annotation.from < to,
    );
    return at < 0 ? [] : [{ at, annotation }];
  });
  const lettered = placed.map((one, index) => ({ ...one, letter: letterOf(index) }));
  return {
    shown: lettered.map(({ at, letter, annotation }) => ({ at, letter, text: annotation.text })),
    list: lettered,
  };
}

/** A to Z, then AA, AB … */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
