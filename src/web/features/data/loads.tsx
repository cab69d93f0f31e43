import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Loads as LoadsPage } from "../../../server/api.ts";
import { loadsQuery } from "../../api/loads.ts";
import { Answered } from "../../page/answered.tsx";
import { Panel } from "../../page/panel.tsx";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { instantText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { Pager } from "./pager.tsx";
import { useSourceNames } from "./source-names.ts";
import { useDataTab } from "./tabs.ts";
import { countText } from "./words.ts";

const limit = 50;

/** Every load with its receipt, the latest first; of one source where one was chosen. */
export function Loads() {
  const { t } = useTexts();
  const { keyOf, setKeys } = useDataTab();
  const source = keyOf("source");
  const offset = Number(keyOf("at") ?? 0) || 0;
  const query = useQuery(loadsQuery(offset, limit, source));
  const { columns, rows } = useLoadTable(query.data?.loads ?? []);
  const title = t("data.history");
  return (
    <Panel
      title={title}
      about={t("data.history_about")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          {source ? (
            <Button size="xs" variant="default" onClick={() => setKeys({ source: undefined })}>
              {t("data.all_sources", { source })}
            </Button>
          ) : null}
          <ExportMenu title={title} table={tableOf(title, columns, rows)} />
        </>
      }
    >
      <Answered query={query} height={320}>
        {({ total }) => (
          <>
            <CellTable id="loads" caption={title} columns={columns} rows={rows} />
            <Pager
              offset={offset}
              limit={limit}
              total={total}
              onOffset={(at) => setKeys({ at: at === 0 ? undefined : String(at) })}
            />
          </>
        )}
      </Answered>
    </Panel>
  );
}

function useLoadTable(loads: LoadsPage["loads"]) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { open } = useDataTab();
  const sourceName = useSourceNames();
  const count = (value: number) => ({ text: countText(value, locale), value: String(value) });
  const columns: readonly CellColumn[] = [
    { id: "file", name: t("data.file") },
    { id: "when", name: t("data.loaded"), isText: true },
    { id: "read", name: t("data.read") },
    { id: "taken", name: t("data.taken") },
    { id: "repeated", name: t("data.repeated") },
    { id: "rejected", name: t("data.rejected") },
  ];
  const rows = loads.map(
    (one): CellRow => ({
      key: String(one.load),
      cells: [
        { text: one.file, sub: `${sourceName(one.source, one.title)} · ${one.source}` },
        { text: instantText(one.finishedAt, workspace.timeZone, locale) },
        count(one.read),
        count(one.taken),
        count(one.repeated),
        {
          ...count(one.rejected),
          ...(one.openRejects > 0
            ? {
                sub: t("data.open", { count: one.openRejects }),
                title: t("data.show_rejects"),
                onOpen: () => open("rejects", { load: String(one.load) }),
              }
            : {}),
        },
      ],
    }),
  );
  return { columns, rows };
}
