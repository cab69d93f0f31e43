import { Tooltip } from "@mantine/core";
import type { ShownFigure } from "../../server/api.ts";
import { useT } from "../text/texts.tsx";
import classes from "./figure.module.css";
import { markOf } from "./state.ts";

/**
 * The mark of a figure's state: an icon with its word and, on demand, every reason.
 *
 * @param props the figure; `isShort` for tables, where the word is only read aloud
 */
export function Mark({
  figure,
  isShort = false,
}: {
  readonly figure: Pick<ShownFigure, "state" | "reasons">;
  readonly isShort?: boolean;
}) {
  const t = useT();
  const mark = markOf(figure);
  if (!mark) return null;
  const { icon: Icon, text, tone } = mark;
  const reasons = figure.reasons.map((reason) => reason.text).join(" · ");
  return (
    <Tooltip label={reasons === "" ? t(text) : reasons}>
      <span className={classes.mark} data-tone={tone} data-state={figure.state}>
        <Icon size={14} stroke={2} aria-hidden />
        <span className={isShort ? "unseen" : undefined}>{t(text)}</span>
      </span>
    </Tooltip>
  );
}
