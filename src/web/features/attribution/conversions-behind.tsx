import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ShownJourneyList } from "../../../server/api.ts";
import { conversionsQuery } from "../../api/attribution-conversions.ts";
import { Answered } from "../../page/answered.tsx";
import { type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { daysText, instantText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import classes from "./attribution.module.css";
import { testsOf } from "./behind.ts";
import { shortPath } from "./journey-flows.ts";
import { Pages, pageSize } from "./pages.tsx";
import { useAttributed } from "./use-attributed.ts";
import { useBehind, useJourneys } from "./use-journeys.ts";
import { useSentence } from "./use-sentence.ts";

/** The conversions behind a number of the journeys, and from each the way to its credit. Lives in the address. */
export function ConversionsBehind() {
  const { t, locale } = useTexts();
  const { view, set } = useView();
  const { behind, closeBehind } = useBehind();
  const { query: journeys, asked } = useJourneys();
  const isPhone = useMediaQuery("(width <= 600px)", window.innerWidth <= 600);
  const offset = Math.max(0, Number.parseInt(String(view.search.jo ?? "0"), 10) || 0);
  const tests = behind && journeys.data ? testsOf(behind, journeys.data) : null;
  const list = useQuery({
    ...conversionsQuery({ ...asked, ...tests, limit: pageSize, offset }, locale),
    enabled: tests !== null,
  });
  const about = useSentence(behind);
  return (
    <Drawer
      opened={behind !== null}
      onClose={closeBehind}
      position="right"
      size={isPhone ? "100%" : "min(860px, 94vw)"}
      overlayProps={{ backgroundOpacity: 0.25 }}
      title={t("attribution.behind")}
      closeButtonProps={{ "aria-label": t("frame.close") }}
    >
      <p className="muted small">{`${about} · ${daysText(view.period, locale)}`}</p>
      <Answered query={list} height={480}>
        {(found) => (
          <div aria-busy={list.isPlaceholderData}>
            <List found={found} />
            {Number(found.count.value) > pageSize ? (
              <Pages
                offset={offset}
                count={Number(found.count.value)}
                onPage={(next) => set({ jo: next === 0 ? undefined : String(next) })}
              />
            ) : null}
          </div>
        )}
      </Answered>
    </Drawer>
  );
}

function List({ found }: { readonly found: ShownJourneyList }) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { set } = useView();
  const { askedDays } = useAttributed();
  const showCredit = (conversion: string) => {
    set({ jl: undefined, jo: undefined, order: conversion });
    const panel = document.getElementById("one-order");
    requestAnimationFrame(() => panel?.scrollIntoView({ block: "start" }));
  };
  const columns = [
    { id: "conversion", name: t("attribution.order") },
    { id: "at", name: t("attribution.converted_at"), isText: true },
    { id: "value", name: t("attribution.value") },
    { id: "touches", name: t("attribution.touches") },
    { id: "days", name: t("attribution.days") },
    { id: "path", name: t("attribution.path"), isText: true },
  ];
  const rows = found.rows.map(
    (row): CellRow => ({
      key: `${row.dataSource} ${row.conversion} ${row.convertedAt}`,
      cells: [
        {
          text: row.conversion,
          title: t("attribution.show_credit", { order: row.conversion }),
          onOpen: () => showCredit(row.conversion),
        },
        { text: instantText(row.convertedAt, workspace.timeZone, locale) },
        row.value,
        { text: String(row.touches), value: String(row.touches) },
        row.days === null
          ? { text: "–", value: null }
          : { text: String(row.days), value: String(row.days) },
        { text: row.path === null ? "–" : shortPath(row.path), title: row.path ?? "" },
      ],
    }),
  );
  const title = t("attribution.behind");
  return (
    <>
      <div className={classes.pages}>
        <p className={classes.tie} data-tone="good">
          <IconCircleCheck size={18} aria-hidden />
          {t("attribution.behind_sum", { count: found.count.text, value: found.value.text })}
        </p>
        <ExportMenu title={title} table={tableOf(title, columns, rows)} asked={askedDays} />
      </div>
      <CellTable id="behind" caption={title} columns={columns} rows={rows} />
    </>
  );
}
