import type { z } from "@hono/zod-openapi";
import { latestInstant } from "../../derive/latest-instant.ts";
import { LastpennyError } from "../../errors.ts";
import {
  type AttributionChoice,
  attributionOf,
  usedAttribution,
} from "../../figures/attribution.ts";
import type { Answer, Figure } from "../../figures/figure.ts";
import type { Question } from "../../figures/question.ts";
import type { Locale } from "../../locales/translate.ts";
import { aboutLines, tableAboutLines } from "../../reports/about.ts";
import { answerCsv } from "../../reports/answer-csv.ts";
import { answerTable } from "../../reports/answer-table.ts";
import { answerWorkbook } from "../../reports/answer-workbook.ts";
import { numberedTable } from "../../reports/shown-table.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { askOnce } from "../lens.ts";
import type { Owner } from "../owner.ts";
import { languageQuery } from "../schemas/basics.ts";
import * as schemas from "../schemas/figures.ts";
import { shownAnswer, shownExplanation } from "../shown.ts";

/** Routes that answer questions. */
export const figureEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/api/answer",
    group: "Figures",
    summary: "Answers a question",
    query: languageQuery,
    body: schemas.question,
    answer: schemas.answer,
    run: async ({ body, locale }, { owner }) => ({ json: await answerJson(owner, body, locale) }),
  }),
  endpoint({
    method: "post",
    path: "/api/answers",
    group: "Figures",
    summary: "Answers several questions",
    query: languageQuery,
    body: schemas.questions,
    answer: schemas.answers,
    run: async ({ body, locale }, { owner }) => {
      const parts = await Promise.all(
        body.questions.map((question) => answerOrError(owner, question, locale)),
      );
      return { json: `{"answers":[${parts.join(",")}]}` };
    },
  }),
  endpoint({
    method: "post",
    path: "/api/explain",
    group: "Figures",
    summary: "Explains one figure: formula, inputs, rows that tie, SQL, change",
    query: languageQuery,
    body: schemas.explainRequest,
    answer: schemas.explanation,
    run: async ({ body, locale }, { owner }) => {
      const { question, ...options } = body;
      const json = await askOnce(
        owner,
        `explain ${locale} ${JSON.stringify(body)}`,
        questionOf(question).attribution,
        async (workspace) => {
          const given = Object.fromEntries(
            Object.entries(options).filter(([, value]) => value !== undefined),
          );
          const explanation = await workspace.explain(questionOf(question), given);
          return JSON.stringify(shownExplanation(explanation, workspace, locale));
        },
      );
      return { json };
    },
  }),
];

type AskedQuestion = z.output<typeof schemas.question>;

/** The schema let nothing else through; what is absent is absent, not undefined, since it comes from JSON. */
const questionOf = (asked: AskedQuestion): Question => asked as Question;

function answerTo(owner: Owner, asked: AskedQuestion) {
  const question = questionOf(asked);
  return askOnce(owner, `answer ${JSON.stringify(asked)}`, question.attribution, (workspace) =>
    workspace.answer(question),
  );
}

async function answerJson(owner: Owner, asked: AskedQuestion, locale: Locale): Promise<string> {
  return owner.keepOnce(`shown ${locale} ${JSON.stringify(asked)}`, async () =>
    JSON.stringify(shownAnswer(await answerTo(owner, asked), locale)),
  );
}

async function answerOrError(owner: Owner, asked: AskedQuestion, locale: Locale): Promise<string> {
  try {
    return `{"ok":true,"answer":${await answerJson(owner, asked, locale)}}`;
  } catch (error) {
    if (!(error instanceof LastpennyError) || error.code === "query_failed") throw error;
    return JSON.stringify({ ok: false, error: { code: error.code, detail: error.message } });
  }
}

/** What an export is sent as. */
export interface ExportedFile {
  readonly type: string;
  readonly ending: "csv" | "xlsx";
  readonly bytes: string | Buffer;
}

/** Keeps an answer to groups, in their order: what a table shows once somebody sorted and searched it. */
function keptTo(answer: Answer, groups: readonly Answer["groups"][number][] | undefined): Answer {
  if (!groups) return answer;
  const keyOf = (group: Figure["group"]) => JSON.stringify(Object.entries(group).sort());
  const places = new Map(groups.map((group, place) => [keyOf(group), place]));
  const placed = answer.figures.flatMap((figure) => {
    const place = places.get(keyOf(figure.group));
    return place === undefined ? [] : [{ figure, place }];
  });
  const figures = placed.toSorted((a, b) => a.place - b.place).map(({ figure }) => figure);
  return { ...answer, figures };
}

/**
 * Makes the file of an answer.
 *
 * @param owner who has the workspace
 * @param asked question and format, and the groups on the screen
 * @param options language, and version of lastpenny
 */
export async function exportedFile(
  owner: Owner,
  { question, format, groups }: z.output<typeof schemas.exportRequest>,
  { locale, version }: { readonly locale: Locale; readonly version: string },
): Promise<ExportedFile> {
  const answer = keptTo(await answerTo(owner, question), groups);
  const workspace = owner.workspace();
  const table = answerTable(answer, workspace.catalogue, locale);
  if (format === "csv") {
    return { type: `${exportTypes.csv}; charset=utf-8`, ending: "csv", bytes: answerCsv(table) };
  }
  const asOf = await owner.readOnce("as of", ({ store }) => latestInstant(store));
  const exported = { question: questionOf(question), answer, workspace, asOf, version };
  return workbook(await answerWorkbook(table, aboutLines(exported, locale), locale));
}

/** Media types of exports. */
export const exportTypes = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const workbook = (bytes: Buffer): ExportedFile => ({
  type: exportTypes.xlsx,
  ending: "xlsx",
  bytes,
});

/**
 * Makes the workbook of a table that a screen shows and no single question answers.
 *
 * @param owner who has the workspace
 * @param shown the table, and what it was asked by
 * @param options language, and version of lastpenny
 * @throws LastpennyError `question_invalid` where its attribution is none
 */
export async function tableFile(
  owner: Owner,
  { asked = {}, title, ...shown }: z.output<typeof schemas.tableExportRequest>,
  { locale, version }: { readonly locale: Locale; readonly version: string },
): Promise<ExportedFile> {
  const workspace = owner.workspace();
  const { settings } = workspace;
  const asOf = await owner.readOnce("as of", ({ store }) => latestInstant(store));
  const { attribution: choice, ...view } = asked;
  const attribution =
    choice && usedAttribution(attributionOf(settings, choice as AttributionChoice));
  const about = tableAboutLines({ title, ...view, attribution, workspace, asOf, version }, locale);
  const table = numberedTable(shown, settings.currency, locale);
  return workbook(await answerWorkbook(table, about, locale));
}
