import { chipsOf, filterOfGroup, valuesOf, withValues } from "../../view/filters.ts";
import type { Search } from "../../view/search.ts";
import { searchOfChips, type View } from "../../view/use-view.ts";

/** What rows are, from the widest to the narrowest. */
export const levels = ["channel", "campaign", "asset"] as const;

/** What rows can be beside. */
export const dimensions = [...levels, "source", "medium", "automation", "tool", "country"] as const;

/**
 * Returns what the rows are: as the address says, channels otherwise.
 *
 * @param view of the address
 */
export function levelOf({ search }: Pick<View, "search">): (typeof dimensions)[number] {
  return dimensions.find((one) => one === search.by) ?? "channel";
}

/**
 * Returns the keys of the address that go into a row: it filters, and its parts are the rows.
 *
 * @param view of the address
 * @param level what the rows are
 * @param value of the row; null where it has none
 */
export function into(view: View, level: string, value: string | null): Partial<Search> {
  const chips =
    value === null
      ? view.chips.concat(chipsOf(filterOfGroup({ [level]: null })))
      : withValues(view.chips, level, [value]);
  const next = (levels as readonly string[])[levels.indexOf(level as "channel") + 1];
  return { ...searchOfChips(chips), by: next ?? level };
}

/** A place above the rows. */
export interface Step {
  readonly level: string;
  /** The value gone into; null for all. */
  readonly value: string | null;
  readonly search: Partial<Search>;
}

/**
 * Returns the way to the rows shown: all channels, one channel, one campaign.
 *
 * @param view of the address
 */
export function wayTo({ chips }: Pick<View, "chips">): readonly Step[] {
  const single = (level: string) => {
    const values = valuesOf(chips, level);
    return values.length === 1 ? values[0] : undefined;
  };
  const [channel, campaign] = [single("channel"), single("campaign")];
  if (channel === undefined && campaign === undefined) return [];
  const above = withValues(chips, "campaign", []);
  const all = searchOfChips(withValues(above, "channel", []));
  return [
    { level: "all", value: null, search: { ...all, by: undefined } },
    ...(channel === undefined
      ? []
      : [
          {
            level: "channel",
            value: channel,
            search: { ...searchOfChips(above), by: "campaign" },
          },
        ]),
    ...(campaign === undefined
      ? []
      : [{ level: "campaign", value: campaign, search: { ...searchOfChips(chips), by: "asset" } }]),
  ];
}
