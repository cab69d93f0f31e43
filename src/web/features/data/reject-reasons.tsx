import type { Rejects } from "../../../server/api.ts";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { isQuoting, useRejectWords } from "./reject-words.ts";
import { useDataTab } from "./tabs.ts";
import { countText } from "./words.ts";

/**
 * Why rows were rejected, with how many; a click narrows the list below.
 *
 * @param props the reasons
 */
export function RejectReasons({ reasons }: { readonly reasons: Rejects["reasons"] }) {
  const { t, locale } = useTexts();
  const { setKeys } = useDataTab();
  const wordsOf = useRejectWords();
  const columns: readonly CellColumn[] = [
    { id: "file", name: t("data.file") },
    { id: "reason", name: t("data.reason"), isText: true },
    { id: "field", name: t("data.field"), isText: true },
    { id: "rows", name: t("data.rows") },
    { id: "line", name: t("data.first_line") },
  ];
  const rows = reasons.map(
    ({ file, source, load, code, reason, field, rows: count, line }): CellRow => {
      const { text, detail } = wordsOf(code, reason);
      return {
        key: `${load} ${field} ${code} ${reason}`,
        cells: [
          {
            text: file,
            sub: source,
            title: t("data.only_file"),
            onOpen: () => setKeys({ load: String(load), at: undefined }),
          },
          {
            text,
            sub: isQuoting(code) ? (detail ?? undefined) : undefined,
            title: t("data.only_reason"),
            onOpen: () => setKeys({ code, load: String(load), at: undefined }),
          },
          { text: field ?? "–" },
          { text: countText(count, locale), value: String(count) },
          { text: countText(line, locale), value: String(line) },
        ],
      };
    },
  );
  const title = t("data.reasons");
  return (
    <section>
      {reasons.some(({ needsFile }) => needsFile) ? (
        <p className={classes.warned}>
          {t("data.needs_file", {
            files: [
              ...new Set(reasons.flatMap(({ file, needsFile }) => (needsFile ? [file] : []))),
            ].join(", "),
          })}
        </p>
      ) : null}
      <div className={classes.tableHead}>
        <h3>{title}</h3>
        <ExportMenu title={title} table={tableOf(title, columns, rows)} />
      </div>
      <CellTable id="reasons" caption={title} columns={columns} rows={rows} />
    </section>
  );
}
