import type { AppText } from "../../../locales/app-texts.ts";
import type { ShownSettings } from "../../../server/api.ts";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { dayText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";

const kinds: Readonly<Record<string, AppText>> = {
  media: "data.cost.media",
  licence: "data.cost.licence",
  set_up: "data.cost.set_up",
  upkeep: "data.cost.upkeep",
  training: "data.cost.training",
  agency: "data.cost.agency",
  staff: "data.cost.staff",
  research: "data.cost.research",
  other: "data.cost.other",
};

const example = 'lastpenny costs add "licence 900 EUR monthly from 2025-01-01 for HubSpot"';

/**
 * Costs that come again, which are spread exactly over their days.
 *
 * @param props the settings
 */
export function RecurringCosts({ settings: { costs } }: { readonly settings: ShownSettings }) {
  const { t, locale } = useTexts();
  const day = (text: string | null) => (text === null ? "–" : dayText(text, locale));
  const columns: readonly CellColumn[] = [
    { id: "kind", name: t("data.cost.kind") },
    { id: "amount", name: t("data.cost.amount") },
    { id: "every", name: t("data.cost.every"), isText: true },
    { id: "from", name: t("data.cost.from"), isText: true },
    { id: "to", name: t("data.cost.to"), isText: true },
    { id: "for", name: t("data.cost.for"), isText: true },
  ];
  const rows = costs.map(
    (cost, index): CellRow => ({
      key: String(index),
      cells: [
        { text: t(kinds[cost.kind] ?? "data.cost.other") },
        {
          text: cost.amountText,
          value: cost.amount,
          sub: cost.fte === null ? undefined : t("data.cost.fte", { fte: cost.fte }),
        },
        { text: t(`data.cost.every_${cost.every}`) },
        { text: day(cost.from) },
        { text: day(cost.to) },
        { text: cost.about.join(", ") || "–", sub: cost.note ?? undefined },
      ],
    }),
  );
  const title = t("data.cost.title");
  return (
    <Panel
      title={title}
      about={t("data.cost.about")}
      actions={
        costs.length > 0 ? <ExportMenu title={title} table={tableOf(title, columns, rows)} /> : null
      }
    >
      {costs.length > 0 ? (
        <CellTable id="costs" caption={title} columns={columns} rows={rows} />
      ) : (
        <Empty title={t("data.cost.none")} />
      )}
      <p className="muted small">{t("data.cost.change")}</p>
      <pre className={classes.code}>
        <code>{example}</code>
      </pre>
    </Panel>
  );
}
