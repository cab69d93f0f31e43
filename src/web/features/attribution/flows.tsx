import { useMediaQuery } from "@mantine/hooks";
import { Sankey, sankeyTable } from "../../../charts/sankey.tsx";
import { printFigure } from "../../../figures/print.ts";
import type { ShownJourneys } from "../../../server/api.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import { countedPaths } from "./behind.ts";
import { journeyFlows, otherChannel } from "./journey-flows.ts";
import { useBehind } from "./use-journeys.ts";

/**
 * The last steps before a conversion as flows; a click lists the conversions behind one.
 *
 * @param props the journeys; `ignored` filters that they know nothing of
 */
export function Flows({
  journeys,
  isBusy,
  ignored,
}: {
  readonly journeys: ShownJourneys;
  readonly isBusy: boolean;
  readonly ignored: number;
}) {
  const { t, locale } = useTexts();
  const { openBehind } = useBehind();
  const isNarrow = useMediaQuery("(width <= 600px)", window.innerWidth <= 600);
  const { flows, hidden } = journeyFlows(countedPaths(journeys), isNarrow ? 2 : 3);
  const nameOf = (id: string) => {
    const channel = id.slice(id.indexOf(":") + 1);
    if (id === "0:") return t("attribution.conversion");
    return channel === otherChannel ? t("attribution.other_channels") : channel;
  };
  const ids = [...new Set(flows.flatMap(({ from, to }) => [from, to]))];
  const data = {
    title: t("attribution.journeys"),
    valueName: t("attribution.conversions"),
    nodes: ids.map((id) => ({ id, name: nameOf(id), ...(id === "0:" ? { colour: 9 } : {}) })),
    flows: flows.map(({ from, to, count }) => ({
      from,
      to,
      datum: {
        value: String(count),
        label: printFigure({ value: String(count), unit: "count" }, locale),
      },
    })),
  };
  const { totals, paths } = journeys;
  const about = [
    t("attribution.journeys_about", {
      conversions: totals.conversions.text,
      paths: totals.paths.text,
      lost: totals.nulls.text,
    }),
    ...(String(paths.length) === totals.paths.value
      ? []
      : [t("attribution.journeys_some", { count: paths.length })]),
    ...(hidden > 0 ? [t("attribution.flows_hidden", { count: hidden })] : []),
    ...(ignored > 0 ? [t("attribution.filters_ignored", { count: ignored })] : []),
  ];
  return (
    <ChartPanel
      title={data.title}
      about={about.join(" ")}
      isBusy={isBusy}
      table={sankeyTable({ ...data, locale })}
    >
      {(place) => (
        <Sankey
          {...data}
          {...place}
          height={400}
          onOpen={(index) => {
            const flow = flows[index];
            if (flow) openBehind({ kind: "flow", from: flow.from, to: flow.to });
          }}
        />
      )}
    </ChartPanel>
  );
}
