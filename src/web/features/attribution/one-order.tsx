import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { conversionsQuery } from "../../api/attribution-conversions.ts";
import { orderCreditQuery } from "../../api/attribution-credit.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import type { CellRow } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { instantText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./attribution.module.css";
import { shortPath } from "./journey-flows.ts";
import { OrderProof } from "./order-proof.tsx";
import { useAttributed } from "./use-attributed.ts";

const mostSuggested = 6;

/** The proof of one order: every touch with its weight and amount under each model. */
export function OneOrder() {
  const { t } = useTexts();
  const { view, set } = useView();
  const [search, setSearch] = useState("");
  const order = typeof view.search.order === "string" ? view.search.order : "";
  const show = (next: string) => {
    setSearch("");
    set({ order: next === "" ? undefined : next });
  };
  return (
    <div id="one-order">
      <Panel title={t("attribution.one_order")} about={t("attribution.one_order_about")}>
        <form
          className={classes.tools}
          onSubmit={(event) => {
            event.preventDefault();
            if (search.trim() !== "") show(search.trim());
          }}
        >
          <TextInput
            label={t("attribution.search_order")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            maxLength={500}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        </form>
        {search !== "" || order === "" ? (
          <Suggestions search={search} onChoose={show} />
        ) : (
          <Proof order={order} />
        )}
      </Panel>
    </div>
  );
}

function Suggestions({
  search,
  onChoose,
}: {
  readonly search: string;
  readonly onChoose: (order: string) => void;
}) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { days } = useAttributed();
  const [words] = useDebouncedValue(search.trim(), 200);
  const asked = { ...days, ...(words === "" ? {} : { search: words }), limit: mostSuggested };
  const query = useQuery(conversionsQuery(asked, locale));
  const columns = [
    { id: "conversion", name: t("attribution.order") },
    { id: "at", name: t("attribution.converted_at"), isText: true },
    { id: "value", name: t("attribution.value") },
    { id: "touches", name: t("attribution.touches") },
    { id: "path", name: t("attribution.path"), isText: true },
  ];
  return (
    <Answered query={query} height={240}>
      {({ rows, count }) =>
        rows.length === 0 ? (
          <Empty title={t("attribution.no_order")} height={120}>
            {t("attribution.no_order_about")}
          </Empty>
        ) : (
          <>
            <p className="muted small">
              {t("attribution.latest", { shown: rows.length, count: count.text })}
            </p>
            <CellTable
              id="orders"
              caption={t("attribution.one_order")}
              columns={columns}
              rows={rows.map(
                (row): CellRow => ({
                  key: `${row.dataSource} ${row.conversion} ${row.convertedAt}`,
                  cells: [
                    {
                      text: row.conversion,
                      title: t("attribution.show_credit", { order: row.conversion }),
                      onOpen: () => onChoose(row.conversion),
                    },
                    { text: instantText(row.convertedAt, workspace.timeZone, locale) },
                    row.value,
                    { text: String(row.touches), value: String(row.touches) },
                    { text: row.path === null ? "–" : shortPath(row.path) },
                  ],
                }),
              )}
            />
          </>
        )
      }
    </Answered>
  );
}

function Proof({ order }: { readonly order: string }) {
  const { t, locale } = useTexts();
  const { days } = useAttributed();
  const { attribution } = days;
  const query = useQuery(
    orderCreditQuery({ order, ...(attribution ? { attribution } : {}) }, locale),
  );
  return (
    <Answered query={query} height={320}>
      {(credit) =>
        credit.conversions.length === 0 ? (
          <Empty title={t("attribution.order_unknown", { order })} height={120}>
            {t("attribution.no_order_about")}
          </Empty>
        ) : (
          credit.conversions.map((one) => (
            <OrderProof
              key={`${one.dataSource} ${one.convertedAt}`}
              conversion={one}
              model={credit.attribution.model}
            />
          ))
        )
      }
    </Answered>
  );
}
