import type { Locale } from "../../locales/translate.ts";
import type { ExportRequest, TableExportRequest } from "../../server/api.ts";
import { saveFile } from "../page/save-file.ts";
import { send } from "./request.ts";

/**
 * Has the server write the answer to a question as a file, and saves it.
 *
 * @param asked question, format, title
 * @param lang language of the words
 * @throws ProblemError when the server refuses
 */
export async function exportAnswer(asked: ExportRequest, lang: Locale): Promise<void> {
  const response = await send("/api/export", { method: "POST", body: asked, query: { lang } });
  await saveAnswered(response, `lastpenny.${asked.format}`);
}

/**
 * Has the server write a table of the screen as a workbook, and saves it.
 *
 * @param asked words and values, title, and what the table was asked by
 * @param lang language of the words
 * @throws ProblemError when the server refuses
 */
export async function exportTable(asked: TableExportRequest, lang: Locale): Promise<void> {
  const path = "/api/export/table";
  const response = await send(path, { method: "POST", body: asked, query: { lang } });
  await saveAnswered(response, "lastpenny.xlsx");
}

async function saveAnswered(response: Response, otherwise: string): Promise<void> {
  const name = nameIn(response.headers.get("content-disposition"));
  saveFile(await response.blob(), name ?? otherwise);
}

/** The file name that an answer carries; the form of RFC 5987 first, which holds any script. */
function nameIn(disposition: string | null): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="([^"]+)"/i.exec(disposition ?? "")?.[1] ?? null;
}
