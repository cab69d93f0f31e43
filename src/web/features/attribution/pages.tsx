import { Button } from "@mantine/core";
import { useTexts } from "../../text/texts.tsx";
import classes from "./attribution.module.css";

/** Conversions that are listed at a time. */
export const pageSize = 50;

/**
 * The ways to the other pages of a list.
 *
 * @param props where the page begins, how many there are
 */
export function Pages({
  offset,
  count,
  onPage,
}: {
  readonly offset: number;
  readonly count: number;
  readonly onPage: (offset: number) => void;
}) {
  const { t } = useTexts();
  const last = Math.min(offset + pageSize, count);
  return (
    <div className={classes.pages}>
      <Button
        variant="default"
        size="xs"
        disabled={offset === 0}
        onClick={() => onPage(Math.max(0, offset - pageSize))}
      >
        {t("explain.previous_rows")}
      </Button>
      <span className="muted small numbers">
        {t("explain.rows_shown", { from: offset + 1, to: last, of: count })}
      </span>
      <Button
        variant="default"
        size="xs"
        disabled={last >= count}
        onClick={() => onPage(offset + pageSize)}
      >
        {t("explain.next_rows")}
      </Button>
    </div>
  );
}
