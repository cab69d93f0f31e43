import { Histogram, histogramTable } from "../../../charts/histogram.tsx";
import { printFigure } from "../../../figures/print.ts";
import type { ShownJourneys } from "../../../server/api.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import { binsOf, medianOf } from "./journey-bins.ts";
import { useBehind } from "./use-journeys.ts";

/**
 * How long the ways to the conversions are, in touches or in days; a click lists the conversions of a class.
 *
 * @param props which of the two
 */
export function JourneyHistogram({
  kind,
  journeys,
  isBusy,
}: {
  readonly kind: "touches" | "days";
  readonly journeys: ShownJourneys;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { openBehind } = useBehind();
  const counted =
    kind === "touches"
      ? journeys.lengths.map(({ touches, conversions }) => ({
          at: touches,
          count: conversions.value ?? "0",
        }))
      : journeys.lags.map(({ days, conversions }) => ({
          at: days,
          count: conversions.value ?? "0",
        }));
  const bins = binsOf(counted);
  const print = (value: number | bigint) =>
    printFigure({ value: String(value), unit: "count" }, locale);
  const [first] = bins;
  const median = medianOf(counted);
  const width = first ? first.to - first.from + 1 : 1;
  const title = t(kind === "touches" ? "attribution.lengths" : "attribution.lags");
  const data = {
    title,
    valueName: t("attribution.conversions"),
    unit: { unit: "count" },
    bins: bins.map(({ from, to, count }) => ({
      name: from === to ? print(from) : `${print(from)}–${print(to)}`,
      datum: { value: String(count), label: print(count) },
    })),
    marks:
      median === null || !first
        ? []
        : [
            {
              name: t("attribution.median"),
              label: print(median),
              at: (median - first.from + 0.5) / width,
            },
          ],
  };
  return (
    <ChartPanel
      title={title}
      about={t(kind === "touches" ? "attribution.lengths_about" : "attribution.lags_about")}
      isBusy={isBusy}
      table={histogramTable({ ...data, locale })}
    >
      {(place) => (
        <Histogram
          {...data}
          {...place}
          onOpen={(index) => {
            const bin = bins[index];
            if (bin) openBehind({ kind, from: bin.from, to: bin.to });
          }}
        />
      )}
    </ChartPanel>
  );
}
