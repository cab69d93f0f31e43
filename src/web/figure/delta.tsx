import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from "@tabler/icons-react";
import type { AppText } from "../../locales/app-texts.ts";
import type { ShownFigure } from "../../server/api.ts";
import { useT } from "../text/texts.tsx";
import classes from "./figure.module.css";
import { type Turn, turnOf } from "./state.ts";

const words: Readonly<Record<Turn, AppText>> = {
  better: "delta.better",
  worse: "delta.worse",
  same: "delta.same",
  changed: "delta.changed",
  new: "delta.new",
};

/**
 * The change of a figure against its comparison: arrow, amount and word, never colour alone.
 *
 * @param props the figure; `isShort` for tables, where the word is only read aloud
 */
export function Delta({
  figure,
  isShort = false,
}: {
  readonly figure: Pick<ShownFigure, "comparison" | "state" | "value">;
  readonly isShort?: boolean;
}) {
  const t = useT();
  const turn = turnOf(figure);
  const { comparison } = figure;
  if (!turn || !comparison) return null;
  const isDown = comparison.delta?.startsWith("-") ?? false;
  const Arrow = turn === "same" ? IconArrowRight : isDown ? IconArrowDownRight : IconArrowUpRight;
  const isWordShown = !isShort || comparison.delta === null;
  return (
    <span className={classes.delta} data-turn={turn}>
      {turn === "new" ? null : <Arrow size={14} stroke={2.25} aria-hidden />}
      {comparison.delta === null ? null : <span className="numbers">{comparison.deltaText}</span>}
      <span className={isWordShown ? undefined : "unseen"}>{t(words[turn])}</span>
    </span>
  );
}
