import { Button } from "@mantine/core";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { countText } from "./words.ts";

/**
 * Leads through a list page by page.
 *
 * @param props where it stands, rows of a page, rows of all
 */
export function Pager({
  offset,
  limit,
  total,
  onOffset,
}: {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly onOffset: (offset: number) => void;
}) {
  const { t, locale } = useTexts();
  if (total <= limit && offset === 0) return null;
  const last = Math.min(total, offset + limit);
  return (
    <nav className={classes.pager} aria-label={t("data.page")}>
      <Button
        size="xs"
        variant="default"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - limit))}
      >
        {t("data.previous")}
      </Button>
      <span className="small numbers" role="status">
        {t("data.range", {
          from: countText(Math.min(offset + 1, total), locale),
          to: countText(last, locale),
          total: countText(total, locale),
        })}
      </span>
      <Button
        size="xs"
        variant="default"
        disabled={last >= total}
        onClick={() => onOffset(offset + limit)}
      >
        {t("data.next")}
      </Button>
    </nav>
  );
}
