import type { CSSProperties, ReactNode } from "react";

/** The data of a chart as a table: the first cell of a row names it. */
export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The exact value behind each cell, as decimal text; null where a cell is words. */
  readonly values?: readonly (readonly (string | null)[])[];
}

/** A table, shown or for screen readers only. */
export interface ChartTableProps {
  readonly table: TableData;
  readonly isHidden?: boolean | undefined;
}

const hidden: CSSProperties = {
  position: "absolute",
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
  border: 0,
};

/**
 * Draws the table twin of a chart: the same values as words.
 *
 * @param props what the chart's table function returned
 */
export function ChartTable({ table, isHidden = false }: ChartTableProps): ReactNode {
  const { caption, columns, rows } = table;
  const content = (
    <table className="lp-chart-table">
      <caption>{caption}</caption>
      <thead>
        <tr>{columns.map((column, at) => keyed("th", at, column, "col"))}</tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity besides their place
          <tr key={row}>
            {cells.map((cell, at) =>
              at === 0 ? keyed("th", at, cell, "row") : keyed("td", at, cell),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return isHidden ? <div style={hidden}>{content}</div> : content;
}

function keyed(Cell: "th" | "td", at: number, text: string, scope?: "col" | "row"): ReactNode {
  return (
    <Cell key={at} scope={scope} style={{ textAlign: at === 0 ? "start" : "end" }}>
      <bdi>{text}</bdi>
    </Cell>
  );
}
