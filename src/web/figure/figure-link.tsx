import type { ReactNode } from "react";
import type { ShownFigure } from "../../server/api.ts";
import { targetOf, useExplain } from "../explain/use-explain.ts";
import type { Period } from "../view/period.ts";
import classes from "./figure.module.css";

/**
 * A figure inside a sentence or a cell: a click explains it.
 *
 * @param props the figure; `children` instead of its value, `period` of its bucket
 */
export function FigureLink({
  figure,
  period,
  children,
}: {
  readonly figure: ShownFigure;
  readonly period?: Period;
  readonly children?: ReactNode;
}) {
  const { open } = useExplain();
  return (
    <button
      type="button"
      className={classes.inline}
      data-explain={`${figure.metric}@${figure.variant}`}
      onClick={() => open(targetOf(figure, period))}
    >
      {children ?? figure.text}
    </button>
  );
}
