import type { ShownOutcome } from "../../../server/api.ts";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { useRejectWords } from "./reject-words.ts";
import { useTableNames } from "./table-names.ts";

type Receipt = Extract<ShownOutcome, { readonly kind: "loaded" }>["receipt"];

/** Reasons that leave room for the other files. */
const most = 5;

/**
 * What a load wrote, why it rejected rows, and what it had to guess.
 *
 * @param props its receipt
 */
export function ReasonLines({ receipt }: { readonly receipt: Receipt }) {
  const t = useT();
  const wordsOf = useRejectWords();
  const nameOf = useTableNames();
  const wrote = Object.entries(receipt.wrote).filter(([, rows]) => rows > 0);
  return (
    <ul className={classes.reasons}>
      {wrote.length > 0 ? (
        <li className="muted small">
          {wrote
            .map(([table, rows]) => `${nameOf(table)}: ${t("table.rows", { count: rows })}`)
            .join(" · ")}
        </li>
      ) : null}
      {receipt.reasons.slice(0, most).map(({ code, field, reason, count, line }) => {
        const { text, detail } = wordsOf(code, reason);
        return (
          <li key={`${code} ${field} ${line}`} className="small">
            {t("data.reason_line", { count, reason: text, line })}
            {field ? <code className={classes.field}>{field}</code> : null}
            {detail ? <bdi className="muted">{detail}</bdi> : null}
          </li>
        );
      })}
      {receipt.warnings.map(({ code, params }) => (
        <li key={`${code} ${params.field ?? ""}`} className={`${classes.warned} small`}>
          {code === "dates_ambiguous" || code === "numbers_ambiguous"
            ? t(`data.guess.${code}`, { field: params.field ?? "", sample: params.sample ?? "" })
            : t("data.guess.unknown_currency", { currency: params.currency ?? "" })}
        </li>
      ))}
    </ul>
  );
}
