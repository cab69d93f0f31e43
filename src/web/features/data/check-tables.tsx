import type { AppText } from "../../../locales/app-texts.ts";
import type { ShownReconciliation } from "../../../server/api.ts";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { countText } from "./words.ts";

const checks: Readonly<Record<string, AppText>> = {
  load_adds_up: "data.check.load_adds_up",
  rejects_kept: "data.check.rejects_kept",
  line_derived: "data.check.line_derived",
  revenue_by_month: "data.check.revenue_by_month",
  revenue_counts_or_is_excluded: "data.check.revenue_counts_or_is_excluded",
  orders_are_lines: "data.check.orders_are_lines",
  cost_spread: "data.check.cost_spread",
  header_is_lines: "data.check.header_is_lines",
  credits_are_ledger: "data.check.credits_are_ledger",
  entry_divided: "data.check.entry_divided",
  shares_add_up: "data.check.shares_add_up",
  costs_by_channel: "data.check.costs_by_channel",
};

/**
 * What was compared and how often it failed, then every comparison that is listed: those that fail first.
 *
 * @param props the proof of the books
 */
export function CheckTables({ proof }: { readonly proof: ShownReconciliation }) {
  const { t, locale } = useTexts();
  const nameOf = (code: string) => {
    const text = checks[code];
    return text ? t(text) : code;
  };
  const count = (value: number) => ({ text: countText(value, locale), value: String(value) });
  const kinds = Object.entries(proof.counts).toSorted(([, a], [, b]) => b.failed - a.failed);
  const kindColumns: readonly CellColumn[] = [
    { id: "check", name: t("data.check") },
    { id: "failed", name: t("data.check_failed") },
    { id: "made", name: t("data.check_made") },
  ];
  const kindRows = kinds.map(
    ([code, { made, failed }]): CellRow => ({
      key: code,
      cells: [{ text: nameOf(code) }, count(failed), count(made)],
    }),
  );
  const listed = proof.checks.toSorted((a, b) => Number(a.ties) - Number(b.ties));
  const columns: readonly CellColumn[] = [
    { id: "about", name: t("data.check_about") },
    { id: "check", name: t("data.check"), isText: true },
    { id: "expected", name: t("data.check_expected") },
    { id: "found", name: t("data.check_found") },
    { id: "state", name: t("data.state"), isText: true },
  ];
  const rows = listed.map(
    ({ code, about, expected, found, ties }, index): CellRow => ({
      key: String(index),
      isMuted: ties,
      cells: [
        { text: Object.values(about).join(" · ") },
        { text: nameOf(code) },
        { text: expected },
        { text: found },
        { text: t(ties ? "data.check_ties" : "data.check_fails") },
      ],
    }),
  );
  return (
    <>
      <CellTable id="kinds" caption={t("data.check")} columns={kindColumns} rows={kindRows} />
      {rows.length > 0 ? (
        <details className={classes.more} open={!proof.ties}>
          <summary>{t("data.check_list", { count: rows.length })}</summary>
          <div className={classes.tableHead}>
            <span />
            <ExportMenu title={t("data.proof")} table={tableOf(t("data.proof"), columns, rows)} />
          </div>
          <CellTable id="checks" caption={t("data.proof")} columns={columns} rows={rows} />
        </details>
      ) : null}
    </>
  );
}
