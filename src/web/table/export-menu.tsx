import { ActionIcon, Menu } from "@mantine/core";
import { IconDownload, IconFileSpreadsheet, IconPhoto, IconVector } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { TableData } from "../../charts/chart-table.tsx";
import type { AskedQuestion, TableExportRequest } from "../../server/api.ts";
import { exportAnswer, exportTable } from "../api/export.ts";
import { savePng, saveSvg } from "../chart/save-chart.ts";
import { groupsIn, useShownTables, wordsIn } from "../page/shown-rows.ts";
import { useTexts } from "../text/texts.tsx";
import { saveTable } from "./save-table.ts";

/** What can be saved. */
export interface ExportMenuProps {
  readonly title: string;
  /** The question whose answer is on the screen. */
  readonly question?: AskedQuestion;
  /** What is on the screen as a table, where no single question has it. */
  readonly table?: TableData;
  /** What that table was asked by. */
  readonly asked?: TableExportRequest["asked"];
  /** Returns the drawing on the screen. */
  readonly picture?: () => SVGSVGElement | null;
}

/** Tables of more rows are saved whole, in the order of the answer. */
const mostGroups = 20_000;

/**
 * Saves what is on the screen, as it is sorted and searched: the answer as CSV or XLSX, written by the server, and the drawing as SVG or PNG.
 *
 * @param props question, drawing, title
 */
export function ExportMenu({ title, question, table, asked, picture }: ExportMenuProps) {
  const { t, locale } = useTexts();
  const tables = useShownTables();
  const save = useMutation({
    mutationFn: async (format: "csv" | "xlsx") => {
      if (question) {
        const groups = groupsIn(tables);
        const kept = groups && groups.length <= mostGroups ? { groups } : {};
        return exportAnswer({ format, title, question, ...kept }, locale);
      }
      const shown = wordsIn(tables) ?? table;
      if (!shown) return;
      if (format === "csv") return saveTable(shown, title);
      const { columns, rows, values = [] } = shown;
      return exportTable({ title, columns, rows, values, asked }, locale);
    },
  });
  const draw = (write: (svg: SVGSVGElement, name: string) => void) => {
    const svg = picture?.();
    if (svg) write(svg, title);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          size="lg"
          loading={save.isPending}
          aria-label={`${t("export.menu")}: ${title}`}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {save.error ? <Menu.Label role="alert">{save.error.message}</Menu.Label> : null}
        {question || table?.values ? (
          <Menu.Item
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            onClick={() => save.mutate("xlsx")}
          >
            {t("export.xlsx")}
          </Menu.Item>
        ) : null}
        {question || table ? (
          <Menu.Item
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            onClick={() => save.mutate("csv")}
          >
            {t("export.csv")}
          </Menu.Item>
        ) : null}
        {picture ? (
          <>
            <Menu.Item
              leftSection={<IconVector size={16} aria-hidden />}
              onClick={() => draw(saveSvg)}
            >
              {t("export.svg")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPhoto size={16} aria-hidden />}
              onClick={() => draw((svg, name) => void savePng(svg, name))}
            >
              {t("export.png")}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
