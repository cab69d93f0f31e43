import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Compare, Grain, Question } from "../../figures/question.ts";
import type { AskedQuestion, WorkspaceInfo } from "../../server/api.ts";
import { bothOf, type Chip, chipsOf, textOf, withValues } from "./filters.ts";
import { useKnown } from "./known.tsx";
import { compareOf, type Period, periodOf, usualGrain } from "./period.ts";
import type { Search } from "./search.ts";

/** What is looked at: the address, read with the workspace's calendar. */
export interface View {
  readonly search: Search;
  /** As the address writes it. */
  readonly periodText: string;
  readonly period: Period;
  readonly compareText: string;
  readonly compare: Compare;
  readonly grain: Grain;
  readonly chips: readonly Chip[];
  /** All chips in the filter language; empty when nothing is filtered. */
  readonly filter: string;
  readonly attribution: AskedQuestion["attribution"];
}

type Model = NonNullable<NonNullable<View["attribution"]>["model"]>;

/** Dimensions with a short key of their own in the address. */
const shortKeys = { channel: "ch", campaign: "ca", segment: "seg" } as const;

const grains: readonly string[] = ["hour", "day", "week", "month", "quarter", "year"];

/**
 * Reads a view from the search part of an address.
 *
 * @param search its keys
 * @param workspace calendar and settings
 */
export function viewOf(search: Search, workspace: WorkspaceInfo): View {
  const periodText = search.r ?? "28d";
  const today = new Date().toISOString().slice(0, 10);
  const days = { ...workspace, lastDay: workspace.lastDay ?? today };
  const period = periodOf(periodText, { ...days, firstDay: workspace.firstDay ?? days.lastDay });
  if (!period) throw new Error("a calendar without days");
  const compareText = search.c ?? "prev.wd";
  const chips = chipsIn(search);
  return {
    search,
    periodText,
    period,
    compareText,
    compare: compareOf(compareText, period, periodText),
    grain: grains.includes(search.g ?? "") ? (search.g as Grain) : usualGrain(period),
    chips,
    filter: textOf(chips),
    attribution: attributionIn(search, workspace),
  };
}

function chipsIn(search: Search): readonly Chip[] {
  const short = Object.entries(shortKeys).reduce<readonly Chip[]>(
    (chips, [dimension, key]) => withValues(chips, dimension, search[key] ?? []),
    [],
  );
  return [...short, ...chipsOf(search.f ?? "")];
}

function attributionIn({ m, w }: Search, { attribution }: WorkspaceInfo): View["attribution"] {
  const windowDays = Number(w);
  const model = attribution.models.find((one) => one === m);
  const isWindow = windowDays > 0 && windowDays <= 3650;
  if (!model && !isWindow) return undefined;
  return {
    ...(model ? { model: model as Model } : {}),
    ...(isWindow ? { windowDays } : {}),
  };
}

/**
 * Writes chips as keys of the address.
 *
 * @param chips all that filter
 */
export function searchOfChips(chips: readonly Chip[]): Pick<Search, "ch" | "ca" | "seg" | "f"> {
  const isShort = (chip: Chip, dimension: string) =>
    chip.kind === "values" && !chip.isExcluded && chip.dimension === dimension;
  const listOf = (dimension: string) => {
    const values = chips.flatMap((chip) =>
      isShort(chip, dimension) && chip.kind === "values" ? chip.values : [],
    );
    return values.length > 0 ? values : undefined;
  };
  const rest = chips.filter(
    (chip) => !Object.keys(shortKeys).some((dimension) => isShort(chip, dimension)),
  );
  return {
    ch: listOf("channel"),
    ca: listOf("campaign"),
    seg: listOf("segment"),
    f: rest.length > 0 ? textOf(rest) : undefined,
  };
}

/** What a screen asks beside what the view says. */
export interface Asking extends Pick<Question, "by" | "limit" | "basis"> {
  readonly metrics: readonly string[];
  /** "view" for the grain of the view; none otherwise. */
  readonly grain?: Grain | "view";
  /** Narrows the view's filter further. */
  readonly filter?: string;
  /** Instead of the view's comparison. */
  readonly compare?: Compare;
  /** Instead of the view's days. */
  readonly period?: Period;
  /** Instead of the view's attribution model. */
  readonly model?: string;
}

/**
 * Makes a question of a view.
 *
 * @param view days, comparison, filter, attribution
 * @param asking metrics and how they are broken down
 */
export function questionOf(view: View, asking: Asking): AskedQuestion {
  const { grain, by, limit, basis } = asking;
  const filter = bothOf(view.filter, asking.filter ?? "");
  const attribution = asking.model
    ? { ...view.attribution, model: asking.model as Model }
    : view.attribution;
  return {
    metrics: asking.metrics,
    ...(asking.period ?? view.period),
    compare: asking.compare ?? view.compare,
    ...(filter === "" ? {} : { filter }),
    ...(grain ? { grain: grain === "view" ? view.grain : grain } : {}),
    ...(by ? { by } : {}),
    ...(limit ? { limit } : {}),
    ...(basis ? { basis } : {}),
    ...(attribution ? { attribution } : {}),
  };
}

/** The view, and the ways to change it. */
export interface ViewControl {
  readonly view: View;
  /** Changes keys of the address; undefined removes one. A step in the history unless `replace`. */
  readonly set: (patch: Partial<Search>, options?: { readonly replace?: boolean }) => void;
  readonly setChips: (chips: readonly Chip[]) => void;
  readonly ask: (asking: Asking) => AskedQuestion;
}

/** Returns what is looked at, and the ways to change it: all of it lives in the address. */
export function useView(): ViewControl {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { workspace } = useKnown();
  const view = useMemo(() => viewOf(search, workspace), [search, workspace]);
  const set = useCallback<ViewControl["set"]>(
    (patch, options = {}) => {
      void navigate({
        to: ".",
        search: (before: Search) => ({ ...before, ...patch }),
        replace: options.replace ?? false,
        resetScroll: false,
      } as Parameters<typeof navigate>[0]);
    },
    [navigate],
  );
  return useMemo(
    () => ({
      view,
      set,
      setChips: (chips) => set(searchOfChips(chips)),
      ask: (asking) => questionOf(view, asking),
    }),
    [view, set],
  );
}
