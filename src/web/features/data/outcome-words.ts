import type { AppText } from "../../../locales/app-texts.ts";
import type { ShownOutcome } from "../../../server/api.ts";
import { useT } from "../../text/texts.tsx";
import { useSourceNames } from "./source-names.ts";

/** Errors of files that have words of their own. */
const errors: Readonly<Record<string, AppText>> = {
  file_unreadable: "data.error.file_unreadable",
  file_empty: "data.error.file_empty",
  file_too_large: "data.error.file_too_large",
  file_unknown: "data.error.file_unknown",
  mapping_invalid: "data.error.mapping_invalid",
};

/** Returns the function that says what became of a file. */
export function useOutcomeWords(): (outcome: ShownOutcome) => string {
  const t = useT();
  const sourceName = useSourceNames();
  return (outcome) => {
    switch (outcome.kind) {
      case "loaded":
        return `${sourceName(outcome.source, outcome.title)} · ${outcome.source}`;
      case "ambiguous":
        return t("data.outcome.ambiguous");
      case "failed":
        return t(errors[outcome.error.code] ?? "data.error.other");
      case "proposed":
        return t("data.outcome.proposed");
      case "unknown":
        return t("data.outcome.unknown", { columns: outcome.columns.slice(0, 12).join(", ") });
      default:
        return t("data.outcome.passed_over");
    }
  };
}
