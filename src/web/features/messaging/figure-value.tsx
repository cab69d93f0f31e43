import type { ShownFigure } from "../../../server/api.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Delta } from "../../figure/delta.tsx";
import { Mark } from "../../figure/mark.tsx";
import classes from "./messaging.module.css";

/**
 * A figure in a table: value, mark and change; a click explains it.
 *
 * @param props the figure
 */
export function FigureValue({ figure }: { readonly figure: ShownFigure | undefined }) {
  const { open } = useExplain();
  if (!figure) return <>–</>;
  return (
    <button
      type="button"
      className={classes.value}
      data-state={figure.state}
      data-explain={`${figure.metric}@${figure.variant}`}
      onClick={() => open(targetOf(figure))}
    >
      <span className={classes.valueLine}>
        <Mark figure={figure} isShort />
        {figure.text}
      </span>
      <Delta figure={figure} isShort />
    </button>
  );
}
