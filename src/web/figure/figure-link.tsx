import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ShownFigure } from "../../server/api.ts";
import { searchOfTarget, targetOf } from "../explain/use-explain.ts";
import type { Period } from "../view/period.ts";
import type { Search } from "../view/search.ts";
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
  const target = searchOfTarget(targetOf(figure, period));
  return (
    <Link
      to="."
      search={((before: Search) => ({ ...before, ...target })) as never}
      resetScroll={false}
      className={classes.inline}
      data-explain={`${figure.metric}@${figure.variant}`}
    >
      {children ?? figure.text}
    </Link>
  );
}
