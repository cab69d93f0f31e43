import type { TableData } from "../../../charts/chart-table.tsx";
import type { ShownModelComparison } from "../../../server/api.ts";
import { useExplain } from "../../explain/use-explain.ts";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { useGroupFilter } from "../../table/use-group-filter.ts";
import { useT } from "../../text/texts.tsx";
import { filterOfGroup } from "../../view/filters.ts";
import { useKnown } from "../../view/known.tsx";
import { useAttributed } from "./use-attributed.ts";

/** The comparison as a table. */
interface ModelCells {
  readonly columns: readonly CellColumn[];
  readonly rows: readonly CellRow[];
  readonly foot: readonly CellRow[];
  readonly words: TableData;
}

/**
 * Returns what every model credits as a table: model risk per row, what nobody earned, and the total, which is the ledger's.
 *
 * @param comparison all models side by side
 */
export function useModelTable(comparison: ShownModelComparison): ModelCells {
  const t = useT();
  const { open } = useExplain();
  const filter = useGroupFilter();
  const { dimensionName } = useKnown();
  const { by } = useAttributed();
  const { models, unattributed, total } = comparison;
  const columns: readonly CellColumn[] = [
    { id: "group", name: dimensionName(by) },
    { id: "risk", name: t("attribution.risk"), about: t("attribution.risk_about") },
    ...models.map(({ id, name, rule }) => ({ id, name, about: rule })),
  ];
  const explained = (metric: string, model: string, group?: string | null) => ({
    explain: metric,
    onOpen: () =>
      open({
        metric,
        model,
        ...(group === undefined ? {} : { filter: filterOfGroup({ [by]: group }) }),
      }),
  });
  const rows = comparison.rows.map(
    ({ group, groupText, credit, share, min, max, spread }): CellRow => ({
      key: `${group}`,
      cells: [
        {
          text: groupText,
          title: t("table.filter", { value: groupText }),
          onOpen: ({ altKey }) => filter(by, group, altKey),
        },
        { text: spread.text, value: spread.value, sub: `${min.text} – ${max.text}` },
        ...models.map(({ id }) => ({
          text: credit[id]?.text ?? "–",
          value: credit[id]?.value ?? null,
          sub: share[id]?.text ?? "",
          subValue: share[id]?.value,
          ...explained("attributed_revenue", id, group),
        })),
      ],
    }),
  );
  const foot: readonly CellRow[] = [
    {
      key: "unattributed",
      isMuted: true,
      cells: [
        { text: t("attribution.unattributed") },
        { text: "–" },
        ...models.map(({ id }) => ({
          ...unattributed.amount,
          ...explained("unattributed_revenue", id),
        })),
      ],
    },
    {
      key: "total",
      cells: [
        { text: t("table.total") },
        { text: "" },
        ...models.map(({ id }) => total[id] ?? { text: "–" }),
      ],
    },
  ];
  const words = tableOf(t("attribution.by_model"), columns, [...rows, ...foot]);
  return { columns, rows, foot, words };
}

/**
 * Shows the table of all models.
 *
 * @param props columns, rows, foot
 */
export function ModelTable({ columns, rows, foot, words }: ModelCells) {
  return (
    <CellTable id="models" caption={words.caption} columns={columns} rows={rows} foot={foot} />
  );
}
