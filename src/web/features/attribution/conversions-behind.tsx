import { Button, Drawer } from "@mantine/core";
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
import { type Behind, testsOf } from "./behind.ts";
import { otherChannel, shortPath } from "./journey-flows.ts";
import { useBehind, useJourneys } from "./use-journeys.ts";

const pageSize = 50;

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
        <ExportMenu title={title} table={tableOf(title, columns, rows)} />
      </div>
      <CellTable id="behind" caption={title} columns={columns} rows={rows} />
    </>
  );
}

function Pages({
  offset,
  count,
  onPage,
}: {
  readonly offset: number;
  readonly count: number;
  readonly onPage: (offset: number) => void;
}) {
  const { t } = useTexts();
  const last = Math.min(offset + pageSize, count);
  return (
    <div className={classes.pages}>
      <Button
        variant="default"
        size="xs"
        disabled={offset === 0}
        onClick={() => onPage(Math.max(0, offset - pageSize))}
      >
        {t("explain.previous_rows")}
      </Button>
      <span className="muted small numbers">
        {t("explain.rows_shown", { from: offset + 1, to: last, of: count })}
      </span>
      <Button
        variant="default"
        size="xs"
        disabled={last >= count}
        onClick={() => onPage(offset + pageSize)}
      >
        {t("explain.next_rows")}
      </Button>
    </div>
  );
}

/** What the listed conversions have in common. */
function useSentence(behind: Behind | null): string {
  const { t } = useTexts();
  if (!behind) return "";
  const nameOf = (id: string) => {
    const channel = id.slice(id.indexOf(":") + 1);
    if (id === "0:") return t("attribution.conversion");
    return channel === otherChannel ? t("attribution.other_channels") : channel;
  };
  switch (behind.kind) {
    case "touches":
    case "days":
      return t(`attribution.behind_${behind.kind}`, { from: behind.from, to: behind.to });
    case "place":
      return `${behind.channel}: ${t(`attribution.place.${behind.at}`)}`;
    case "flow":
      return `${nameOf(behind.from)} > ${nameOf(behind.to)}`;
    default:
      return shortPath(behind.path);
  }
}
