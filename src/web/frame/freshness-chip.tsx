import { Popover } from "@mantine/core";
import { IconClock, IconClockExclamation, IconDatabaseOff } from "@tabler/icons-react";
import { dayText, instantText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import classes from "./frame.module.css";

const icons = { fresh: IconClock, stale: IconClockExclamation, empty: IconDatabaseOff } as const;

/** How far the data reaches; amber when a source lies behind. */
export function FreshnessChip() {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { freshness, lastDay, timeZone } = workspace;
  const Icon = icons[freshness.state];
  const label =
    lastDay === null ? t("fresh.empty") : t("fresh.until", { day: dayText(lastDay, locale) });
  return (
    <Popover width={300}>
      <Popover.Target>
        <button type="button" className={classes.fresh} data-state={freshness.state}>
          <Icon size={16} aria-hidden />
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.lines}>
        <p>
          {freshness.loadedAt === null
            ? t("fresh.never")
            : t("fresh.loaded", { time: instantText(freshness.loadedAt, timeZone, locale) })}
        </p>
        <p>
          {freshness.staleSources.length > 0
            ? t("fresh.behind", { sources: freshness.staleSources.join(", ") })
            : t("fresh.none_behind")}
        </p>
        {freshness.openRejects > 0 ? (
          <p>{t("fresh.rejects", { count: freshness.openRejects })}</p>
        ) : null}
        <p className="muted small">{t("fresh.zone", { zone: timeZone })}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
