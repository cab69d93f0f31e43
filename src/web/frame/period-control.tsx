import { Popover, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendar, IconChevronDown } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { daysText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import { periodPresets, periodText } from "../view/period.ts";
import { useView } from "../view/use-view.ts";
import classes from "./view-bar.module.css";

const Calendar = lazy(async () => ({ default: (await import("./calendar.tsx")).Calendar }));

/** The choice of days: periods with a name, and any others on the calendar. */
export function PeriodControl() {
  const { t, locale } = useTexts();
  const { view, set } = useView();
  const [isOpen, popover] = useDisclosure(false);
  const preset = periodPresets.find((one) => one === view.periodText);
  const choose = (r: string | undefined) => {
    set({ r });
    popover.close();
  };
  return (
    <Popover opened={isOpen} onChange={popover.toggle} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.control} onClick={popover.toggle}>
          <IconCalendar size={16} aria-hidden />
          <span className="unseen">{t("view.period")}: </span>
          <strong>{preset ? t(`period.${preset}`) : t("period.custom")}</strong>
          <span className="muted numbers">{daysText(view.period, locale)}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.period}>
        <ul className={classes.presets}>
          {periodPresets.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-pressed={one === preset}
                onClick={() => choose(one === "28d" ? undefined : one)}
              >
                {t(`period.${one}`)}
              </button>
            </li>
          ))}
        </ul>
        <Suspense fallback={<Skeleton height={290} width={260} />}>
          <Calendar period={view.period} onChoose={(period) => choose(periodText(period))} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
