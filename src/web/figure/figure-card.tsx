import type { ReactNode } from "react";
import { printFigure } from "../../figures/print.ts";
import type { ShownFigure } from "../../server/api.ts";
import { targetOf, useExplain } from "../explain/use-explain.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { Delta } from "./delta.tsx";
import classes from "./figure.module.css";
import { Mark } from "./mark.tsx";

/** What a card shows. */
export interface FigureCardProps {
  readonly figure: ShownFigure;
  /** Small picture of the course, such as a sparkline. */
  readonly picture?: ReactNode;
  /** Instead of the metric's name. */
  readonly title?: string;
  readonly isPlotted?: boolean;
}

/**
 * A figure with its change, what it is divided of, its state in words, and its explanation one click away.
 *
 * @param props the figure
 */
export function FigureCard({ figure, picture, title, isPlotted }: FigureCardProps) {
  const { metric, nameOf } = useKnown();
  const { open } = useExplain();
  const known = metric(figure.metric);
  const variant = known?.variants.find(({ id }) => id === figure.variant);
  const isUsual = variant === undefined || variant.id === "default" || known?.variants.length === 1;
  const name = title ?? nameOf(figure.metric);
  return (
    <article className={classes.card} data-state={figure.state} data-plotted={isPlotted}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardName}>
          <button
            type="button"
            className={classes.cardButton}
            data-explain={`${figure.metric}@${figure.variant}`}
            onClick={() => open(targetOf(figure))}
          >
            {name}
          </button>
        </h3>
        <Mark figure={figure} />
      </header>
      <p className={classes.value} data-state={figure.state}>
        {figure.state === "estimated" ? <span aria-hidden>≈ </span> : null}
        {figure.state === "error" ? "–" : figure.text}
      </p>
      <p className={classes.line}>
        <Delta figure={figure} />
        <Before figure={figure} />
      </p>
      <Behind figure={figure} />
      <Why figure={figure} />
      {!isUsual ? <span className={classes.chip}>{variant?.name}</span> : null}
      {picture ? <div className={classes.picture}>{picture}</div> : null}
    </article>
  );
}

/** The value before, which the change is measured from. */
function Before({ figure }: { readonly figure: ShownFigure }) {
  const { t } = useTexts();
  const { comparison } = figure;
  if (!comparison || comparison.value === null) return null;
  return (
    <span className="muted small numbers">{t("figure.before", { value: comparison.text })}</span>
  );
}

/** Numerator and denominator, or how many are behind the figure: visible without pointing at anything. */
function Behind({ figure }: { readonly figure: ShownFigure }) {
  const { t, locale } = useTexts();
  const { numerator, denominator, n } = figure;
  const count = (value: string) => printFigure({ value, unit: "count" }, locale);
  if (numerator !== undefined && denominator !== undefined) {
    return (
      <p className={`${classes.behind} numbers`}>
        {t("figure.of", { numerator: count(numerator), denominator: count(denominator) })}
      </p>
    );
  }
  if (n === undefined || figure.state === "no_data") return null;
  return <p className={`${classes.behind} numbers`}>{t("figure.n", { n: count(n) })}</p>;
}

/** The first reason in words; the others are behind the mark. */
function Why({ figure }: { readonly figure: ShownFigure }) {
  const [reason] = figure.reasons;
  if (!reason || figure.state === "ok" || figure.state === "zero") return null;
  return (
    <p className={classes.why} title={figure.reasons.map(({ text }) => text).join("\n")}>
      {reason.text}
    </p>
  );
}
