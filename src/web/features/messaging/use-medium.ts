import { useView } from "../../view/use-view.ts";
import { type Medium, media } from "./metrics.ts";

/** The medium that is looked at, which the address keeps, and how to change it. */
export interface MediumChoice {
  readonly medium: Medium;
  readonly setMedium: (id: string) => void;
  /** Keeps credits, which all channels have, to the medium. */
  readonly filter: string;
}

/** Returns the medium that is looked at. */
export function useMedium(): MediumChoice {
  const { view, set } = useView();
  const medium = media.find(({ id }) => id === view.search.medium) ?? media[0];
  return {
    medium,
    setMedium: (id) =>
      set({ medium: id === media[0].id ? undefined : id, plot: undefined, "s.by": undefined }),
    filter: `channel = "${medium.id}"`,
  };
}
