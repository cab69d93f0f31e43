import type { ChartText } from "../locales/chart-texts.ts";
import type { Translate } from "../locales/translate.ts";
import type { Datum } from "./datum.ts";

/**
 * Returns a value in words, with what it is worth where that is not plain.
 *
 * @param datum the value; "–" where there is none
 * @param t texts of charts
 */
export function datumText(datum: Datum | undefined, t: Translate<ChartText>): string {
  if (!datum) return "–";
  const { state = "ok", label } = datum;
  return state === "ok" || state === "zero" ? label : `${label} (${t(`state.${state}`)})`;
}
