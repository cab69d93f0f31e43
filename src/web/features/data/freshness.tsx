import { useQuery } from "@tanstack/react-query";
import type { Datum } from "../../../charts/datum.ts";
import { HeatStrip, type HeatStripData, heatStripTable } from "../../../charts/heat-strip.tsx";
import { addDays } from "../../../ledger/calendar.ts";
import type { FreshnessStrip } from "../../../server/api.ts";
import { freshnessQuery } from "../../api/freshness.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { dayText } from "../../text/dates.ts";
import { type Texts, useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useSourceNames } from "./source-names.ts";
import { useDataTab } from "./tabs.ts";
import { countText } from "./words.ts";

const lengths = ["28", "91", "182", "365", "730"] as const;

/** Source by day: where rows are, and where they are missing. A cell leads to the loads of its source. */
export function Freshness() {
  const texts = useTexts();
  const { t, locale } = texts;
  const nameOf = useSourceNames();
  const { workspace } = useKnown();
  const { keyOf, setKeys } = useDataTab();
  const length = lengths.find((one) => one === keyOf("days")) ?? "91";
  const to = addDays(workspace.lastDay ?? new Date().toISOString().slice(0, 10), 1);
  const query = useQuery(freshnessQuery(addDays(to, -Number(length)), to));
  return (
    <Answered query={query} height={320}>
      {(strip) => {
        const data = stripData(strip, texts, nameOf);
        const title = t("data.freshness");
        return (
          <ChartPanel
            title={title}
            about={t("data.freshness_about")}
            isBusy={query.isPlaceholderData}
            table={heatStripTable({ ...data, title, locale })}
            actions={
              <Choice
                name={t("data.days")}
                value={length}
                shown={t("data.last_days", { count: Number(length) })}
                options={lengths.map((id) => ({
                  id,
                  text: t("data.last_days", { count: Number(id) }),
                }))}
                onChoose={(days) => setKeys({ days })}
              />
            }
          >
            {(place) => (
              <HeatStrip
                {...place}
                {...data}
                onOpenCell={(row) => setKeys({ source: strip.sources[row]?.source, at: undefined })}
              />
            )}
          </ChartPanel>
        );
      }}
    </Answered>
  );
}

/** A day on which nothing is expected is not a hole. */
function stripData(
  strip: FreshnessStrip,
  { t, locale }: Texts,
  nameOf: ReturnType<typeof useSourceNames>,
): HeatStripData {
  return {
    days: (strip.sources[0]?.days ?? []).map(({ day }) => ({
      key: day,
      label: dayText(day, locale),
    })),
    sources: strip.sources.map(({ source, title, days, lastDay, staleDays }) => ({
      name: nameOf(source, title),
      note:
        staleDays > 0
          ? t("data.behind", { count: staleDays })
          : t("data.until", { day: dayText(lastDay, locale) }),
      days: days.map(({ rows, state }): Datum | null =>
        state === "outside" || state === "none"
          ? null
          : { value: state === "missing" ? "0" : String(rows), label: countText(rows, locale) },
      ),
    })),
  };
}
