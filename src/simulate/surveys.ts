import { daySeconds } from "./calendar.ts";
import type { Life } from "./life.ts";
import { integer } from "./random.ts";

/**
 * Asks a customer how it was: a CSAT question after delivery and an NPS question later; content people score higher.
 *
 * @param orderedAt when they bought, in seconds since 1970
 */
export function answerSurveys(life: Life, orderedAt: number): void {
  const { agenda, person, content } = life;
  const { random } = person;
  if (random() < 0.14) {
    const score = clamp(Math.round(1.6 + 3.1 * content + random() * 1.4), 1, 5);
    agenda.at(orderedAt + integer(random, 4, 9) * daySeconds, (at) =>
      answer(life, "csat", score, at),
    );
  }
  if (random() < 0.09) {
    const score = clamp(Math.round(3 + 7 * content + random() * 2 - 0.5), 0, 10);
    agenda.at(orderedAt + integer(random, 14, 40) * daySeconds, (at) =>
      answer(life, "nps", score, at),
    );
  }
}

function answer(life: Life, kind: "csat" | "nps", score: number, at: number): void {
  const { world } = life;
  const month = world.calendar.monthOf(at);
  world.writers.templates.survey(life, kind, score, at);
  world.truth.count(`surveys.${kind}.answers`, month);
  world.truth.count(`surveys.${kind}.score_sum`, month, score);
  if (kind === "csat" && score >= 4) world.truth.count("surveys.csat.satisfied", month);
  if (kind === "nps" && score >= 9) world.truth.count("surveys.nps.promoters", month);
  if (kind === "nps" && score <= 6) world.truth.count("surveys.nps.detractors", month);
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
