import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { AskedQuestion, ShownAnswer } from "../../server/api.ts";
import { useTexts } from "../text/texts.tsx";
import { request } from "./request.ts";

/**
 * The answer to a question.
 *
 * @param question metrics, days, breakdown
 * @param lang language of the words
 */
export const answerQuery = (question: AskedQuestion, lang: Locale) =>
  queryOptions({
    queryKey: ["answer", lang, question],
    queryFn: async ({ signal }) => {
      const answer = await request<ShownAnswer>("/api/answer", {
        method: "POST",
        body: question,
        query: { lang },
        signal,
      });
      return question.basis === "cohort" ? followed(answer) : answer;
    },
    placeholderData: keepPreviousData,
  });

/** Figures of a cohort carry their basis, so that their explanation has the same. */
function followed(answer: ShownAnswer): ShownAnswer {
  return { ...answer, figures: answer.figures.map((one) => ({ ...one, basis: "cohort" })) };
}

/** Stands where nothing can be asked; it never leaves the browser. */
const nothing: AskedQuestion = { metrics: [], from: "", to: "" };

/**
 * Asks a question and keeps the answer current. While a new answer is on its way the old one stays, marked by
 * `isPlaceholderData`.
 *
 * @param question metrics, days, breakdown; null asks nothing
 */
export function useAnswer(question: AskedQuestion | null) {
  const { locale } = useTexts();
  return useQuery({ ...answerQuery(question ?? nothing, locale), enabled: question !== null });
}
