import { IconCircleCheck, IconExclamationCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { printFigure } from "../../../figures/print.ts";
import type { ShownAttributionTable, ShownFigure } from "../../../server/api.ts";
import { attributionTableQuery } from "../../api/attribution-table.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { type CellContent, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useGroupFilter } from "../../table/use-group-filter.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import classes from "./attribution.module.css";
import { useAttributed } from "./use-attributed.ts";

const names = {
  credit: "attributed_revenue",
  conversions: "attributed_conversions",
  cost: "cost",
  roi: "roi",
  roas: "roas",
  cpa: "cost_per_acquisition",
} as const;
const all = Object.keys(names) as readonly (keyof typeof names)[];

/** What each channel earned and cost under the chosen model, with what nobody earned and the total of the ledger. */
export function CreditTable() {
  const { t, locale } = useTexts();
  const { by, question } = useAttributed();
  const query = useQuery(attributionTableQuery({ question, by }, locale));
  return (
    <Answered query={query} height={480}>
      {(table) =>
        table.rows.length === 0 ? (
          <Panel title={t("attribution.credit")}>
            <Empty title={t("attribution.nothing")} height={120} />
          </Panel>
        ) : (
          <Credits table={table} isBusy={query.isPlaceholderData} />
        )
      }
    </Answered>
  );
}

function Credits({
  table,
  isBusy,
}: {
  readonly table: ShownAttributionTable;
  readonly isBusy: boolean;
}) {
  const { t } = useTexts();
  const { nameOf, dimensionName } = useKnown();
  const filter = useGroupFilter();
  const { open } = useExplain();
  const { by, asked } = useAttributed();
  const shown = all.filter((name) => table.total[name] !== null);
  const cell = (figure: ShownFigure | null | undefined): CellContent =>
    figure
      ? {
          text: figure.text,
          value: figure.value,
          figure,
          explain: `${figure.metric}@${figure.variant}`,
          onOpen: () => open(targetOf(figure)),
        }
      : { text: "", value: null };
  const rows = table.rows.map(
    (row): CellRow => ({
      key: `${row.group}`,
      cells: [
        {
          text: row.groupText,
          title: t("table.filter", { value: row.groupText }),
          sub: row.isSpendWithoutSales ? t("attribution.spend_without_sales") : undefined,
          onOpen: ({ altKey }) => filter(by, row.group, altKey),
        },
        ...shown.map((name) => cell(row[name])),
      ],
    }),
  );
  const { unattributed, total } = table;
  const foot: readonly CellRow[] = [
    {
      key: "unattributed",
      isMuted: true,
      cells: [
        { text: t("attribution.unattributed") },
        ...shown.map((name) =>
          name === "credit" || name === "conversions" ? cell(unattributed[name]) : { text: "" },
        ),
      ],
    },
    {
      key: "total",
      cells: [{ text: t("attribution.credited") }, ...shown.map((name) => cell(total[name]))],
    },
  ];
  const columns = [
    { id: "group", name: dimensionName(by) },
    ...shown.map((name) => ({ id: name, name: nameOf(names[name]) })),
  ];
  const title = t("attribution.credit");
  return (
    <Panel
      title={title}
      about={t("attribution.credit_about")}
      isBusy={isBusy}
      actions={
        <ExportMenu
          title={title}
          table={tableOf(title, columns, [...rows, ...foot])}
          asked={asked}
        />
      }
    >
      <CellTable id="credit" caption={title} columns={columns} rows={rows} foot={foot} />
      <Tie table={table} />
    </Panel>
  );
}

/** Credited and unattributed together are the ledger, or not: said either way. */
function Tie({ table }: { readonly table: ShownAttributionTable }) {
  const { t, locale } = useTexts();
  // What was never recorded adds nothing to the sum.
  const orZero = ({ value, unit, text }: ShownFigure) =>
    value === null ? printFigure({ value: "0", unit, currency: table.currency }, locale) : text;
  const { sum, ledger, ties, total, unattributed } = table;
  const Icon = ties ? IconCircleCheck : IconExclamationCircle;
  const values = {
    credited: orZero(total.credit),
    rest: orZero(unattributed.credit),
    sum: sum.text,
    ledger: ledger.text,
  };
  const isKnown = ledger.value !== null;
  return (
    <p className={classes.tie} data-tone={ties ? "good" : "bad"}>
      {isKnown ? <Icon size={18} aria-hidden /> : null}
      {t(
        isKnown ? (ties ? "attribution.ties" : "attribution.differs") : "attribution.no_tie",
        values,
      )}
    </p>
  );
}
