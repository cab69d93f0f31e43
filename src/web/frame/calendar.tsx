import "@mantine/dates/styles.css";
import "dayjs/locale/zh-cn";
import "dayjs/locale/zh-tw";
import "dayjs/locale/id";
import { DatePicker, DatesProvider } from "@mantine/dates";
import { useState } from "react";
import { addDays } from "../../ledger/calendar.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import type { Period } from "../view/period.ts";

const dayjsLocales = { en: "en", "zh-Hans": "zh-cn", "zh-Hant": "zh-tw", id: "id" } as const;
/** Weekends are days like others here, and not in the red that means worse. */
const noDays: never[] = [];
const firstDays = { sunday: 0, monday: 1, saturday: 6 } as const;

/**
 * A calendar on which the first and the last day are clicked.
 *
 * @param props the days chosen now, and what happens with new ones
 */
export function Calendar({
  period,
  onChoose,
}: {
  readonly period: Period;
  readonly onChoose: (period: Period) => void;
}) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const [range, setRange] = useState<[string | null, string | null]>([
    period.from,
    addDays(period.to, -1),
  ]);
  return (
    <DatesProvider
      settings={{
        locale: dayjsLocales[locale],
        firstDayOfWeek: firstDays[workspace.weekStart],
        consistentWeeks: true,
      }}
    >
      <DatePicker
        type="range"
        allowSingleDateInRange
        weekendDays={noDays}
        defaultDate={addDays(period.to, -1)}
        value={range}
        {...(workspace.firstDay ? { minDate: workspace.firstDay } : {})}
        {...(workspace.lastDay ? { maxDate: workspace.lastDay } : {})}
        onChange={(next) => {
          setRange(next);
          const [from, last] = next;
          if (from && last) onChoose({ from, to: addDays(last, 1) });
        }}
        ariaLabels={{
          previousMonth: t("calendar.previous_month"),
          nextMonth: t("calendar.next_month"),
          previousYear: t("calendar.previous_year"),
          nextYear: t("calendar.next_year"),
          previousDecade: t("calendar.previous_decade"),
          nextDecade: t("calendar.next_decade"),
          monthLevelControl: t("calendar.months"),
          yearLevelControl: t("calendar.years"),
        }}
      />
    </DatesProvider>
  );
}
