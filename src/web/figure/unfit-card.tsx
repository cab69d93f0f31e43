import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import classes from "./figure.module.css";
import { Mark } from "./mark.tsx";

/**
 * Stands for a metric that the filter of the view cannot narrow, and says why.
 *
 * @param props the metric and the dimensions that it lacks
 */
export function UnfitCard({
  metric,
  lacks,
}: {
  readonly metric: string;
  readonly lacks: readonly string[];
}) {
  const t = useT();
  const { nameOf, dimensionName } = useKnown();
  return (
    <article className={classes.card} data-state="not_applicable">
      <header className={classes.cardHead}>
        <h3 className={classes.cardName}>{nameOf(metric.split("@")[0] ?? metric)}</h3>
        <Mark figure={{ state: "not_applicable", reasons: [] }} />
      </header>
      <p className={classes.value} data-state="not_applicable">
        –
      </p>
      <p className={classes.why}>
        {t("figure.unfit", { dimensions: lacks.map(dimensionName).join(", ") })}
      </p>
    </article>
  );
}
