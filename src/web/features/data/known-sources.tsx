import { useQuery } from "@tanstack/react-query";
import type { Sources } from "../../../server/api.ts";
import { sourcesQuery } from "../../api/sources.ts";
import { Answered } from "../../page/answered.tsx";
import { Panel } from "../../page/panel.tsx";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useT } from "../../text/texts.tsx";
import { useSourceNames } from "./source-names.ts";
import { useTableNames } from "./table-names.ts";

/** Everything that is recognised, with the columns that identify it. */
export function KnownSources() {
  const t = useT();
  const query = useQuery(sourcesQuery);
  const { columns, rows } = useKnownTable(query.data?.known ?? []);
  const title = t("data.known");
  return (
    <Panel
      title={title}
      about={t("data.known_about", { count: rows.length })}
      actions={<ExportMenu title={title} table={tableOf(title, columns, rows)} />}
    >
      <Answered query={query} height={320}>
        {() => <CellTable id="known" caption={title} columns={columns} rows={rows} />}
      </Answered>
    </Panel>
  );
}

function useKnownTable(known: Sources["known"]) {
  const t = useT();
  const nameOf = useTableNames();
  const sourceName = useSourceNames();
  const isTemplate = (id: string) => id.startsWith("template/");
  const columns: readonly CellColumn[] = [
    { id: "source", name: t("data.source") },
    { id: "brings", name: t("data.brings"), isText: true },
    { id: "columns", name: t("data.identified"), isText: true },
  ];
  const listed = known.toSorted((a, b) => Number(isTemplate(a.id)) - Number(isTemplate(b.id)));
  const rows = listed.map(
    ({ id, title, into, columns: own }): CellRow => ({
      key: id,
      cells: [
        { text: `${id} · ${sourceName(id, title)}` },
        { text: into.map(nameOf).join(", ") },
        { text: own.join(", ") },
      ],
    }),
  );
  return { columns, rows };
}
