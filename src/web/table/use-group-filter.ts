import { chipsOf, filterOfGroup, withValues } from "../view/filters.ts";
import { useView } from "../view/use-view.ts";

/** Returns what keeps the view to the value of a dimension, or leaves it out; null is the rows without a value. */
export function useGroupFilter(): (
  dimension: string,
  value: string | null,
  isExcluded: boolean,
) => void {
  const { view, setChips } = useView();
  return (dimension, value, isExcluded) => {
    const isNone = filterOfGroup({ [dimension]: null });
    setChips(
      value === null
        ? view.chips.concat(chipsOf(isExcluded ? `not (${isNone})` : isNone))
        : withValues(view.chips, dimension, [value], isExcluded),
    );
  };
}
