import type { ShownJourneys } from "../../../server/api.ts";
import { Panel } from "../../page/panel.tsx";
import { type CellContent, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useGroupFilter } from "../../table/use-group-filter.ts";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import type { Place } from "./behind.ts";
import { useAttributed } from "./use-attributed.ts";
import { useBehind } from "./use-journeys.ts";

const inPath = ["first", "middle", "last", "only"] as const;

/**
 * Where in the journeys each channel stands, and what it assisted; a click lists the conversions behind a number.
 *
 * @param props the journeys
 */
export function Positions({
  journeys,
  isBusy,
}: {
  readonly journeys: ShownJourneys;
  readonly isBusy: boolean;
}) {
  const t = useT();
  const { dimensionName } = useKnown();
  const { openBehind } = useBehind();
  const { askedDays } = useAttributed();
  const filter = useGroupFilter();
  const { positions, assists } = journeys;
  const most = Math.max(
    1,
    ...positions.flatMap((one) => inPath.map((place) => Number(one[place].value))),
  );
  const counted = (
    { value, text }: { readonly value: string | null; readonly text: string },
    channel: string,
    at: Place,
    isHeat = false,
  ): CellContent => ({
    value,
    text,
    ...(isHeat ? { strength: Number(value) / most } : {}),
    ...(value === "0" ? {} : { onOpen: () => openBehind({ kind: "place", at, channel }) }),
  });
  const columns = [
    { id: "channel", name: dimensionName("channel") },
    ...inPath.map((id) => ({ id, name: t(`attribution.place.${id}`) })),
    { id: "assisted", name: t("attribution.assisted") },
    { id: "assisted_value", name: t("attribution.assisted_value") },
    { id: "closing", name: t("attribution.closing") },
    { id: "closing_value", name: t("attribution.closing_value") },
    { id: "ratio", name: t("attribution.ratio"), about: t("attribution.ratio_about") },
  ];
  const rows = positions.map((one): CellRow => {
    const { channel } = one;
    const assist = assists.find((other) => other.channel === channel);
    return {
      key: channel,
      cells: [
        {
          text: channel,
          title: t("table.filter", { value: channel }),
          onOpen: ({ altKey }) => filter("channel", channel, altKey),
        },
        ...inPath.map((place) => counted(one[place], channel, place, true)),
        ...(assist
          ? [
              counted(assist.assisted, channel, "assisting"),
              counted(assist.assistedValue, channel, "assisting"),
              counted(assist.last, channel, "closing"),
              counted(assist.lastValue, channel, "closing"),
              assist.ratio,
            ]
          : []),
      ],
    };
  });
  const title = t("attribution.positions");
  return (
    <Panel
      title={title}
      about={t("attribution.positions_about")}
      isBusy={isBusy}
      actions={<ExportMenu title={title} table={tableOf(title, columns, rows)} asked={askedDays} />}
    >
      <CellTable id="positions" caption={title} columns={columns} rows={rows} />
    </Panel>
  );
}
