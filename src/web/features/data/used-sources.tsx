import { addDays } from "../../../ledger/calendar.ts";
import type { Sources } from "../../../server/api.ts";
import { Panel } from "../../page/panel.tsx";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { daysText, dayText, instantText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useSourceNames } from "./source-names.ts";
import { useDataTab } from "./tabs.ts";
import { countText } from "./words.ts";

/**
 * The sources in use: rows, days, last load, rejects, days that are missing.
 *
 * @param props the sources
 */
export function UsedSources({ used }: { readonly used: Sources["used"] }) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { open, setKeys } = useDataTab();
  const sourceName = useSourceNames();
  const columns: readonly CellColumn[] = [
    { id: "source", name: t("data.source") },
    { id: "rows", name: t("data.rows") },
    { id: "days", name: t("data.covered"), isText: true },
    { id: "missing", name: t("data.missing_days"), isText: true },
    { id: "rejects", name: t("data.rejected") },
    { id: "loaded", name: t("data.loaded"), isText: true },
  ];
  const rows = used.map(
    (one): CellRow => ({
      key: one.source,
      cells: [
        {
          text: sourceName(one.source, one.title),
          sub: one.source,
          title: t("data.show_loads"),
          onOpen: () => setKeys({ source: one.source, at: undefined }),
        },
        { text: one.rows === null ? "–" : countText(one.rows, locale), value: one.rows },
        {
          text:
            one.firstDay === null || one.lastDay === null
              ? "–"
              : daysText({ from: one.firstDay, to: addDays(one.lastDay, 1) }, locale),
          sub: one.staleDays > 0 ? t("data.behind", { count: one.staleDays }) : undefined,
        },
        missingCell(one.missingDays, locale),
        {
          text: countText(one.openRejects, locale),
          value: String(one.openRejects),
          ...(one.openRejects > 0
            ? {
                title: t("data.show_rejects"),
                onOpen: () => open("rejects", { source: one.source }),
              }
            : {}),
        },
        {
          text: one.loadedAt === null ? "–" : instantText(one.loadedAt, workspace.timeZone, locale),
          sub: one.lastFile ?? undefined,
        },
      ],
    }),
  );
  const title = t("data.used");
  return (
    <Panel
      title={title}
      about={t("data.used_about")}
      actions={<ExportMenu title={title} table={tableOf(title, columns, rows)} />}
    >
      <CellTable id="used" caption={title} columns={columns} rows={rows} />
    </Panel>
  );
}

/** Ranges of days as the server tells them: first/last, or one day. */
function missingCell(ranges: readonly string[], locale: Parameters<typeof dayText>[1]) {
  const told = ranges.map((range) =>
    range
      .split("/")
      .map((one) => dayText(one, locale))
      .join(" – "),
  );
  const [first, ...others] = told;
  return {
    text: first ?? "–",
    sub: others.length > 0 ? `+${others.length}` : undefined,
    title: told.join("; "),
  };
}
