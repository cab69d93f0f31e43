import { Button } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { printFigure } from "../../figures/print.ts";
import type { ShownExplanation } from "../../server/api.ts";
import { Empty } from "../page/empty.tsx";
import { useTexts } from "../text/texts.tsx";
import type { RowsShown } from "./drawer.tsx";
import classes from "./explain.module.css";

/** Rows on one page. */
export const rowsPerPage = 50;

type MeasureRows = ShownExplanation["rows"][number];

/**
 * The very rows behind the figure, a page of each measure, with a total over all of them that has to be the figure's.
 *
 * @param props the explanation and which page is shown
 */
export function RowsPage({
  explanation,
  page,
}: {
  readonly explanation: ShownExplanation;
  readonly page: RowsShown;
}) {
  const { t } = useTexts();
  if (explanation.rows.length === 0) return <Empty title={t("explain.no_rows")} />;
  const most = Math.max(...explanation.rows.map(({ count }) => Number(count)));
  return (
    <div aria-busy={page.isBusy}>
      {explanation.rows.map((one) => (
        <Rows key={one.measure} rows={one} />
      ))}
      {most > rowsPerPage ? (
        <div className={classes.pager}>
          <Button
            size="xs"
            variant="default"
            disabled={page.offset === 0}
            onClick={() => page.setOffset(Math.max(0, page.offset - rowsPerPage))}
          >
            {t("explain.previous_rows")}
          </Button>
          <span className="numbers small">
            {t("explain.rows_shown", {
              from: page.offset + 1,
              to: Math.min(page.offset + rowsPerPage, most),
              of: most,
            })}
          </span>
          <Button
            size="xs"
            variant="default"
            disabled={page.offset + rowsPerPage >= most}
            onClick={() => page.setOffset(page.offset + rowsPerPage)}
          >
            {t("explain.next_rows")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Rows({ rows }: { readonly rows: MeasureRows }) {
  const { t, locale } = useTexts();
  const { name, fact, columns, count, total, ties } = rows;
  // Columns that no row of the page fills say nothing.
  const filled = columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => rows.rows.some((row) => row[at] !== null && row[at] !== ""))
    .toSorted((a, b) => rank(a.type) - rank(b.type));
  const print = (value: string | null) => printFigure({ value, unit: "count" }, locale);
  const Sign = ties ? IconCheck : IconX;
  return (
    <section className={classes.rows}>
      <h3>
        {name} <span className="muted">derived.{fact}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className={classes.scroll} tabIndex={0} aria-label={name}>
        <table className={classes.table}>
          <thead>
            <tr>
              {filled.map((column) => (
                <th key={column.name} scope="col" title={column.meaning}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a page have no other identity
              <tr key={index}>
                {filled.map((column) => (
                  <td key={column.name} className={isNumber(column.type) ? classes.number : ""}>
                    <bdi>{cellText(row[column.at])}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={classes.ties} data-ties={ties}>
        <Sign size={16} aria-hidden />
        {t(ties ? "explain.ties" : "explain.differs", {
          count: print(count),
          total: print(total ?? "0"),
          value: print(rows.value ?? "0"),
        })}
      </p>
    </section>
  );
}

/** When and how much come first, hashes last. */
function rank(type: string): number {
  const order = [/^(time|day)$/, /^text$/, /^(money|number|count)$/, /^boolean$/];
  const place = order.findIndex((pattern) => pattern.test(type));
  return place < 0 ? order.length : place;
}

const isNumber = (type: string) => /^(money|number|count)$/.test(type);

function cellText(cell: MeasureRows["rows"][number][number] | undefined): string {
  if (cell === null || cell === undefined) return "";
  const text = String(cell);
  return /^-?\d+\.\d{3,}$/.test(text) ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}
