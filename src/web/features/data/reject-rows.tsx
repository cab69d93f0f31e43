import type { Rejects } from "../../../server/api.ts";
import tableClasses from "../../table/table.module.css";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { useRejectWords } from "./reject-words.ts";
import { countText } from "./words.ts";

/** Columns of Lastpenny's own that a broken record has beside those of its file. */
const recordColumn = "lastpenny_record";

/**
 * Rejected rows as they were read: file, line, field, reason, raw text.
 *
 * @param props the rows of a page
 */
export function RejectRows({ rows }: { readonly rows: Rejects["rows"] }) {
  const { t, locale } = useTexts();
  const wordsOf = useRejectWords();
  const heads = ["file", "line", "field", "reason", "raw"] as const;
  return (
    <section>
      <div className={classes.tableHead}>
        <h3>{t("data.rejected_rows")}</h3>
      </div>
      <div className={tableClasses.box}>
        <table className={tableClasses.table}>
          <caption className="unseen">{t("data.rejected_rows")}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className={head === "file" ? tableClasses.first : ""}>
                  {t(`data.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ load, file, line, field, code, reason, row }) => {
              const { text, detail } = wordsOf(code, reason);
              return (
                <tr key={`${load} ${line} ${code} ${field}`}>
                  <th scope="row" className={`${tableClasses.first} ${classes.file}`}>
                    <bdi>{file}</bdi>
                  </th>
                  <td className="numbers">{countText(line, locale)}</td>
                  <td>{field ? <code className={classes.field}>{field}</code> : "–"}</td>
                  <td className={classes.told}>
                    {text}
                    {detail ? <bdi className="muted small">{detail}</bdi> : null}
                  </td>
                  <td className={classes.raw}>
                    <RawRow row={row} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The row as the file has it; the whole of it opens on demand. */
function RawRow({ row }: { readonly row: Readonly<Record<string, string | null>> }) {
  const record = row[recordColumn];
  const cells = Object.entries(row).filter(([, value]) => value !== null && value !== "");
  const short = record ?? cells.map(([, value]) => value).join(" · ");
  return (
    <details>
      <summary className={classes.rawShort}>
        <bdi>{short}</bdi>
      </summary>
      {record ? (
        <pre className={classes.code}>
          <bdi>{record}</bdi>
        </pre>
      ) : (
        <dl className={classes.cells}>
          {cells.map(([name, value]) => (
            <div key={name}>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
