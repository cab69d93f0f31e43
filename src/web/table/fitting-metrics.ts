import type { Known } from "../view/known.tsx";

/**
 * Returns the metrics that can be told by a dimension.
 *
 * @param known the catalogue
 * @param references metrics, each with its variant where that matters
 * @param dimension such as campaign
 */
export function fittingMetrics(
  known: Pick<Known, "metric">,
  references: readonly string[],
  dimension: string,
): readonly string[] {
  return references.filter((reference) => {
    const [id = "", variant] = reference.split("@");
    const variants = known.metric(id)?.variants ?? [];
    const meant = variant ? variants.find((one) => one.id === variant) : variants[0];
    return meant?.dimensions.includes(dimension) ?? false;
  });
}
