import type { ShownReconciliation } from "../../../server/api.ts";
import { Panel } from "../../page/panel.tsx";
import { type CellColumn, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { bucketText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";

/**
 * What platforms claim of themselves beside what their channels are credited with: to read, not to tie.
 *
 * @param props the claims, by month and channel
 */
export function Claims({ claims }: { readonly claims: ShownReconciliation["claims"] }) {
  const { t, locale } = useTexts();
  const { workspace, dimensionName } = useKnown();
  const columns: readonly CellColumn[] = [
    { id: "channel", name: dimensionName("channel") },
    { id: "month", name: t("data.month"), isText: true },
    { id: "claimed", name: t("data.claimed") },
    { id: "credited", name: t("data.credited") },
    { id: "claimed_value", name: t("data.claimed_value") },
    { id: "credited_value", name: t("data.credited_value") },
  ];
  const rows = claims.map(
    (one): CellRow => ({
      key: `${one.month} ${one.channel}`,
      cells: [
        { text: one.channelText },
        { text: bucketText(`${one.month}-01`, "month", workspace.timeZone, locale) },
        { text: one.claimedConversionsText, value: one.claimedConversions },
        { text: one.creditedConversionsText, value: one.creditedConversions },
        { text: one.claimedValueText, value: one.claimedValue },
        { text: one.creditedValueText, value: one.creditedValue },
      ],
    }),
  );
  const title = t("data.claims");
  return (
    <Panel
      title={title}
      about={t("data.claims_about")}
      actions={<ExportMenu title={title} table={tableOf(title, columns, rows)} />}
    >
      <CellTable id="claims" caption={title} columns={columns} rows={rows} />
    </Panel>
  );
}
