import { compareExact, parseExact } from "../../../ledger/exact.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Phrase } from "../../text/phrase.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./funnel.module.css";
import type { Step } from "./steps.ts";

/**
 * What a reader of the funnel has to know: how ripe the shares of a cohort are, and where people came past a stage.
 *
 * @param props the steps that are drawn
 */
export function FunnelNotes({
  steps,
  isCohort,
}: {
  readonly steps: readonly Step[];
  readonly isCohort: boolean;
}) {
  const t = useT();
  const young = isCohort ? steps.flatMap((one) => youngOf(one)) : [];
  const skipped = steps.flatMap((one, index) => {
    const before = steps[index - 1]?.step.datum.value;
    const { value } = one.step.datum;
    if (before == null || value === null) return [];
    const isMore = compareExact(parseExact(value), parseExact(before)) > 0;
    return isMore ? [{ name: one.step.name, before: steps[index - 1]?.step.name ?? "" }] : [];
  });
  if (young.length === 0 && skipped.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {young.map(({ name, text, figure }) => (
        <li key={name}>
          <Phrase
            text="funnel.young"
            with={{ stage: name, share: <FigureLink figure={figure} />, text }}
          />
        </li>
      ))}
      {skipped.map(({ name, before }) => (
        <li key={name}>{t("funnel.skipped", { stage: name, before })}</li>
      ))}
    </ul>
  );
}

function youngOf({ step, figure }: Step) {
  const reason = figure?.reasons.find(({ code }) => code.startsWith("cohort_"));
  return figure && reason ? [{ name: step.name, text: reason.text, figure }] : [];
}
