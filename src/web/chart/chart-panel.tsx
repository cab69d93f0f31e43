import { ActionIcon, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import type { ChartProps } from "../../charts/chart.ts";
import { ChartTable, type TableData } from "../../charts/chart-table.tsx";
import { type Cursor, useCursor } from "../../charts/cursor.ts";
import type { AskedQuestion } from "../../server/api.ts";
import { Panel } from "../page/panel.tsx";
import { ExportMenu } from "../table/export-menu.tsx";
import { useTexts } from "../text/texts.tsx";
import classes from "./chart.module.css";

/** What the page gives to a chart. */
export interface ChartPlace extends Pick<ChartProps, "title" | "width" | "locale"> {
  readonly cursor: Cursor;
}

/** A chart on a screen. */
export interface ChartPanelProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly isBusy?: boolean;
  /** The same values as a table. */
  readonly table?: TableData;
  /** What the chart shows, to be saved as CSV or XLSX. */
  readonly question?: AskedQuestion;
  readonly actions?: ReactNode;
  readonly children: (place: ChartPlace) => ReactNode;
}

/**
 * Puts a chart on the page: as wide as there is room, with a cursor, its table twin, and ways to save it.
 *
 * @param props title, table, question, and the function that draws
 */
export function ChartPanel(props: ChartPanelProps) {
  const { title, about, isBusy = false, table, question, actions, children } = props;
  const { t, locale } = useTexts();
  const { ref, width } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const cursor = useCursor();
  const [isTable, setTable] = useState(false);
  const label = t(isTable ? "chart.as_chart" : "chart.as_table");
  return (
    <Panel
      title={title}
      about={about}
      isBusy={isBusy}
      actions={
        <>
          {actions}
          {table ? (
            <Tooltip label={label}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={`${label}: ${title}`}
                aria-pressed={isTable}
                onClick={() => setTable(!isTable)}
              >
                {isTable ? <IconChartLine size={18} /> : <IconTable size={18} />}
              </ActionIcon>
            </Tooltip>
          ) : null}
          <ExportMenu
            title={title}
            {...(question ? { question } : {})}
            {...(table ? { table } : {})}
            {...(isTable ? {} : { picture: () => box.current?.querySelector("svg") ?? null })}
          />
        </>
      }
    >
      <div ref={box}>
        <div ref={ref} className={classes.place}>
          {isTable && table ? (
            <div className={classes.table}>
              <ChartTable table={table} />
            </div>
          ) : width > 0 ? (
            children({ title, width, locale, cursor })
          ) : null}
        </div>
      </div>
    </Panel>
  );
}
