import { intlTags } from "../../locales/translate.ts";
import type { ShownExplanation } from "../../server/api.ts";
import { daysText, dayText, instantText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import classes from "./explain.module.css";

/**
 * Whether the figure can be trusted: how much of its days are covered, how fresh its sources are, whether its rows tie.
 *
 * @param props the explanation
 */
export function TrustPage({ explanation }: { readonly explanation: ShownExplanation }) {
  const { t, locale } = useTexts();
  const { figure, freshness, ties, settings } = explanation;
  const { coverage, n } = figure;
  const share = new Intl.NumberFormat(intlTags[locale], { style: "percent" }).format(
    coverage.share,
  );
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t("explain.rows")}</dt>
        <dd>{t(ties ? "explain.all_tie" : "explain.not_all_tie")}</dd>
        {n === undefined ? null : (
          <>
            <dt>{t("explain.behind")}</dt>
            <dd className="numbers">{n}</dd>
          </>
        )}
        <dt>{t("explain.coverage")}</dt>
        <dd>{t("explain.coverage_of", { share, days: daysText(coverage, locale) })}</dd>
        {coverage.missing.length > 0 ? (
          <>
            <dt>{t("explain.missing")}</dt>
            <dd>{coverage.missing.join(", ")}</dd>
          </>
        ) : null}
      </dl>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption>{t("explain.sources")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("explain.source")}</th>
              <th scope="col">{t("explain.days")}</th>
              <th scope="col" className={classes.number}>
                {t("explain.row_count")}
              </th>
              <th scope="col">{t("explain.loaded")}</th>
              <th scope="col">{t("explain.file")}</th>
            </tr>
          </thead>
          <tbody>
            {freshness.map(({ source, firstDay, lastDay, rows, loadedAt, file }) => (
              <tr key={source}>
                <th scope="row">{source}</th>
                <td>
                  {firstDay && lastDay
                    ? `${dayText(firstDay, locale)} – ${dayText(lastDay, locale)}`
                    : "–"}
                </td>
                <td className={classes.number}>{rows ?? "–"}</td>
                <td>{loadedAt ? instantText(loadedAt, settings.timeZone, locale) : "–"}</td>
                <td>
                  <bdi>{file ?? ""}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
