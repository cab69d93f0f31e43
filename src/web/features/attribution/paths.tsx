import type { ShownJourneys } from "../../../server/api.ts";
import { Panel } from "../../page/panel.tsx";
import { type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useT } from "../../text/texts.tsx";
import { shortPath } from "./journey-flows.ts";
import { useAttributed } from "./use-attributed.ts";
import { useBehind } from "./use-journeys.ts";

const mostListed = 25;

/**
 * The most frequent whole paths; a click lists the conversions behind one.
 *
 * @param props the journeys
 */
export function Paths({
  journeys,
  isBusy,
}: {
  readonly journeys: ShownJourneys;
  readonly isBusy: boolean;
}) {
  const t = useT();
  const { openBehind } = useBehind();
  const { askedDays } = useAttributed();
  const columns = [
    { id: "path", name: t("attribution.path") },
    { id: "conversions", name: t("attribution.conversions") },
    { id: "value", name: t("attribution.value") },
    { id: "lost", name: t("attribution.lost") },
    { id: "rate", name: t("attribution.path_rate"), about: t("attribution.path_rate_about") },
  ];
  const rows = journeys.paths.slice(0, mostListed).map(
    ({ path, conversions, value, nulls, rate }): CellRow => ({
      key: path,
      cells: [
        {
          text: shortPath(path),
          title: path,
          onOpen: () => openBehind({ kind: "path", path }),
        },
        conversions,
        value,
        nulls,
        rate,
      ],
    }),
  );
  const title = t("attribution.paths");
  return (
    <Panel
      title={title}
      about={t("attribution.paths_about", { shown: rows.length, of: journeys.totals.paths.text })}
      isBusy={isBusy}
      actions={<ExportMenu title={title} table={tableOf(title, columns, rows)} asked={askedDays} />}
    >
      <CellTable id="paths" caption={title} columns={columns} rows={rows} />
    </Panel>
  );
}
