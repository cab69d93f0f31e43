import { TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useShownRows } from "../page/shown-rows.ts";
import { useT } from "../text/texts.tsx";
import { useView } from "../view/use-view.ts";
import { CellButton } from "./cell-button.tsx";
import { type CellColumn, type CellOrder, type CellRow, sortedRows, tableOf } from "./cell-rows.ts";
import classes from "./table.module.css";
import { useGridKeys } from "./use-grid-keys.ts";

/** A table of cells. */
export interface CellTableProps {
  /** Names the table's sorting in the address: s.<id>. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly CellColumn[];
  readonly rows: readonly CellRow[];
  /** Rows below, such as a total; they are not sorted. */
  readonly foot?: readonly CellRow[];
}

const fewRows = 8;

/**
 * A table whose cells may do something: sorted by the address, searched, moved through by arrow keys.
 *
 * @param props columns, rows, foot
 */
export function CellTable({ id, caption, columns, rows, foot = [] }: CellTableProps) {
  const t = useT();
  const { view, set } = useView();
  const [search, setSearch] = useState("");
  const key = `s.${id}`;
  const order = orderOf(view.search[key], columns);
  const shown = useMemo(() => {
    const words = search.toLowerCase();
    const found = rows.filter(({ cells }) => cells[0]?.text.toLowerCase().includes(words));
    return sortedRows(found, order);
  }, [rows, search, order]);
  const all = [...shown, ...foot];
  useShownRows(id, { words: tableOf(caption, columns, all) });
  const size = { rows: all.length, columns: columns.length };
  const { onKeyDown, cell } = useGridKeys(size, () => undefined);
  const sort = (column: number) => {
    const name = columns[column]?.id ?? "";
    const isAgain = order?.column === column && order.isDescending;
    set({ [key]: `${isAgain ? "" : "-"}${name}` }, { replace: true });
  };
  return (
    <div>
      {rows.length > fewRows ? (
        <div className={classes.tools}>
          <TextInput
            type="search"
            size="xs"
            aria-label={`${t("table.search")}: ${caption}`}
            placeholder={t("table.search")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <span className="muted small numbers" role="status">
            {t("table.rows", { count: shown.length })}
          </span>
        </div>
      ) : null}
      <div className={classes.box}>
        <table
          className={classes.table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved through by arrow keys
          role="grid"
          onKeyDown={onKeyDown}
        >
          <caption className="unseen">{caption}</caption>
          <Head columns={columns} order={order} onSort={sort} />
          {[shown, foot].map((part, index) => {
            const Part = index === 0 ? "tbody" : "tfoot";
            const above = index === 0 ? 0 : shown.length;
            return part.length === 0 && index === 1 ? null : (
              <Part key={Part}>
                {part.map((row, at) => (
                  <tr key={row.key}>
                    {columns.map((column, place) => (
                      <CellButton
                        key={column.id}
                        content={row.cells[place]}
                        isName={place === 0}
                        isText={column.isText ?? false}
                        isMuted={row.isMuted ?? false}
                        place={cell(above + at, place)}
                      />
                    ))}
                  </tr>
                ))}
                {part.length === 0 && search !== "" ? (
                  <tr>
                    <td colSpan={columns.length} className={classes.nothing}>
                      {t("table.nothing")}
                    </td>
                  </tr>
                ) : null}
              </Part>
            );
          })}
        </table>
      </div>
    </div>
  );
}

function Head({
  columns,
  order,
  onSort,
}: {
  readonly columns: readonly CellColumn[];
  readonly order: CellOrder | null;
  readonly onSort: (column: number) => void;
}) {
  const t = useT();
  return (
    <thead>
      <tr>
        {columns.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            isFirst={index === 0}
            order={order?.column === index ? order : null}
            title={column.about ?? t("table.sort", { column: column.name })}
            onSort={() => onSort(index)}
          />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell({
  column: { name, isText },
  isFirst,
  order,
  title,
  onSort,
}: {
  readonly column: CellColumn;
  readonly isFirst: boolean;
  readonly order: CellOrder | null;
  readonly title: string;
  readonly onSort: () => void;
}) {
  const Arrow = order ? (order.isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  const direction = order?.isDescending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      className={isFirst ? classes.first : isText ? undefined : classes.number}
      aria-sort={order ? direction : "none"}
    >
      <button type="button" className={classes.sort} title={title} onClick={onSort}>
        {name}
        <Arrow size={13} aria-hidden />
      </button>
    </th>
  );
}

function orderOf(text: unknown, columns: readonly CellColumn[]): CellOrder | null {
  if (typeof text !== "string" || text === "") return null;
  const isDescending = text.startsWith("-");
  const name = isDescending ? text.slice(1) : text;
  const column = columns.findIndex(({ id }) => id === name);
  return column < 0 ? null : { column, isDescending };
}
