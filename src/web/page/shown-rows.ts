import { createContext, useContext, useEffect } from "react";
import type { TableData } from "../../charts/chart-table.tsx";
import type { ShownFigure } from "../../server/api.ts";

/** What the tables of a panel show now, sorted and searched: groups of figures, or words. */
export interface ShownRows {
  readonly groups?: readonly ShownFigure["group"][];
  readonly words?: TableData;
}

/** The tables of a panel by name, so that what is saved is what is shown. */
export type ShownTables = Map<string, ShownRows>;

export const ShownTablesContext = createContext<ShownTables>(new Map());

/** Returns the tables of the panel around; they are read when something is saved. */
export function useShownTables(): ShownTables {
  return useContext(ShownTablesContext);
}

/**
 * Tells the panel what a table in it shows.
 *
 * @param id of the table
 * @param rows that it shows now
 */
export function useShownRows(id: string, rows: ShownRows): void {
  const tables = useShownTables();
  useEffect(() => {
    tables.set(id, rows);
    return () => void tables.delete(id);
  }, [tables, id, rows]);
}

/**
 * Returns the groups that the tables of a panel show, one table after the other.
 *
 * @param tables of the panel
 * @returns undefined where none of them shows figures
 */
export function groupsIn(tables: ShownTables): readonly ShownFigure["group"][] | undefined {
  const shown = [...tables.values()].flatMap(({ groups }) => (groups ? [groups] : []));
  return shown.length === 0 ? undefined : shown.flat();
}

/**
 * Returns the words of the one table that a panel has.
 *
 * @param tables of the panel
 * @returns undefined where it has none, or several
 */
export function wordsIn(tables: ShownTables): TableData | undefined {
  const [first, ...others] = [...tables.values()].flatMap(({ words }) => (words ? [words] : []));
  return others.length === 0 ? first : undefined;
}
