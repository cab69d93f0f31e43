import { Button } from "@mantine/core";
import type { TableData } from "../../../charts/chart-table.tsx";
import type { Job, ShownOutcome } from "../../../server/api.ts";
import { ExportMenu } from "../../table/export-menu.tsx";
import tableClasses from "../../table/table.module.css";
import { useTexts } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./data.module.css";
import { useOutcomeWords } from "./outcome-words.ts";
import { ReasonLines } from "./reason-lines.tsx";
import { useDataTab } from "./tabs.ts";
import { countText } from "./words.ts";

const counts = ["read", "taken", "repeated", "rejected"] as const;

/**
 * What became of each file of an import: as what it was recognised, and its receipt.
 *
 * @param props the job
 */
export function OutcomeTable({ job }: { readonly job: Job }) {
  const { t, locale } = useTexts();
  const wordsOf = useOutcomeWords();
  const { outcomes, totals } = job;
  const names = [t("data.file"), t("data.recognised"), ...counts.map((one) => t(`data.${one}`))];
  const table: TableData = {
    caption: t("data.receipt"),
    columns: names,
    rows: outcomes.map((outcome) => [
      outcome.file,
      wordsOf(outcome),
      ...counts.map((one) => (outcome.kind === "loaded" ? String(outcome.receipt[one]) : "")),
    ]),
  };
  return (
    <>
      <div className={classes.tableHead}>
        <h3>{t("data.receipt")}</h3>
        <ExportMenu title={t("data.receipt")} table={table} />
      </div>
      <div className={tableClasses.box}>
        <table className={tableClasses.table}>
          <caption className="unseen">{t("data.receipt")}</caption>
          <thead>
            <tr>
              {names.map((name, index) => (
                <th
                  key={name}
                  scope="col"
                  className={
                    index === 0 ? tableClasses.first : index > 1 ? tableClasses.number : ""
                  }
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files of an import may have one name
              <OutcomeRow key={index} outcome={outcome} />
            ))}
          </tbody>
          {outcomes.length > 1 ? (
            <tfoot>
              <tr>
                <th scope="row" className={tableClasses.first}>
                  {t("table.total")}
                </th>
                <td />
                {counts.map((one) => (
                  <td key={one} className={tableClasses.number}>
                    {countText(totals[one], locale)}
                  </td>
                ))}
              </tr>
            </tfoot>
          ) : null}
        </table>
      </div>
    </>
  );
}

function OutcomeRow({ outcome }: { readonly outcome: ShownOutcome }) {
  const { locale } = useTexts();
  const wordsOf = useOutcomeWords();
  const isLoaded = outcome.kind === "loaded";
  return (
    <tr data-outcome={outcome.kind}>
      <th scope="row" className={`${tableClasses.first} ${classes.file}`}>
        <bdi>{outcome.file}</bdi>
      </th>
      <td className={classes.told} colSpan={isLoaded ? 1 : 5}>
        <bdi>{wordsOf(outcome)}</bdi>
        {outcome.kind === "failed" ? (
          <span className="muted small" lang="en">
            {outcome.error.detail}
          </span>
        ) : null}
        {outcome.kind === "ambiguous" ? <SayWhich sources={outcome.sources} /> : null}
        {isLoaded ? <ReasonLines receipt={outcome.receipt} /> : null}
      </td>
      {isLoaded
        ? counts.map((one) => (
            <td key={one} className={tableClasses.number}>
              {one === "rejected" && outcome.receipt.rejected > 0 ? (
                <RejectsLink load={outcome.receipt.load} count={outcome.receipt.rejected} />
              ) : (
                countText(outcome.receipt[one], locale)
              )}
            </td>
          ))
        : null}
    </tr>
  );
}

function RejectsLink({ load, count }: { readonly load: number; readonly count: number }) {
  const { t, locale } = useTexts();
  const { open } = useDataTab();
  return (
    <button
      type="button"
      className={tableClasses.figure}
      title={t("data.show_rejects")}
      onClick={() => open("rejects", { load: String(load) })}
    >
      {countText(count, locale)}
    </button>
  );
}

/** A file that could be several things: one click says which the next drop is. */
function SayWhich({ sources }: { readonly sources: readonly string[] }) {
  const { set } = useView();
  return (
    <span className={classes.buttons}>
      {sources.map((source) => (
        <Button
          key={source}
          size="compact-xs"
          variant="default"
          onClick={() => set({ as: source })}
        >
          {source}
        </Button>
      ))}
    </span>
  );
}
