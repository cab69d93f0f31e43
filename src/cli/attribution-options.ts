import { nearest } from "../catalogue/nearest.ts";
import { LastpennyError } from "../errors.ts";
import type { AttributionChoice } from "../figures/attribution.ts";
import { type AttributionModel, attributionModels } from "../ledger/attribution.ts";
import type { Arguments } from "./command.ts";

/** Options that choose how credit is given, shared by all commands that show it. */
export const attributionOptions = {
  model: { type: "string", value: "MODEL", help: "such as linear, u_shaped, markov_1, shapley" },
  window: { type: "string", value: "DAYS", help: "touches of so many days earn credit, as 90d" },
  level: { type: "string", value: "LEVEL", help: "touches of the person, or of the account" },
  goal: { type: "string", value: "GOAL", help: "orders, deals, or the name of a goal" },
} as const;

/**
 * Returns how credit is to be given, as far as the command line says; what is missing is as the settings say.
 *
 * @param args the options of {@link attributionOptions}
 * @throws LastpennyError `usage` for a model that does not exist, a window that is no number of days, another level
 */
export function chosenAttribution(args: Arguments): AttributionChoice {
  const model = modelOf(args.text("model"));
  const windowDays = windowOf(args.text("window"));
  const level = levelOf(args.text("level"));
  const goal = args.text("goal")?.trim();
  return {
    ...(model === undefined ? {} : { model }),
    ...(windowDays === undefined ? {} : { windowDays }),
    ...(level === undefined ? {} : { level }),
    ...(goal ? { goal } : {}),
  };
}

/** People write models as they speak of them: "U-shaped", "last non-direct", "Markov 1", "uShaped". */
function modelOf(given: string | undefined): AttributionModel | undefined {
  if (given === undefined) return undefined;
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = attributionModels.find((model) => plain(model) === plain(given));
  if (found) return found;
  const near = nearest(given, attributionModels);
  const guess = near === null ? "" : `, did you mean ${near}?`;
  throw new LastpennyError(
    "usage",
    `unknown model: ${given}${guess} (one of ${attributionModels.join(", ")})`,
  );
}

/** Days of the longest window that a question may ask for. */
const longestWindow = 3660;

function windowOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, number = "", unit = "d"] = /^(\d{1,5})\s*(d|w)?$/i.exec(given.trim()) ?? [];
  const days = Number(number) * (unit.toLowerCase() === "w" ? 7 : 1);
  if (number === "" || days === 0) {
    throw new LastpennyError(
      "usage",
      `--window is not a number of days: ${given}; write it as 90d or 13w`,
    );
  }
  if (days <= longestWindow) return days;
  throw new LastpennyError(
    "usage",
    `--window is too long: ${given}; at most ${longestWindow} days, which is ten years`,
  );
}

function levelOf(given: string | undefined): "person" | "account" | undefined {
  if (given === undefined || given === "person" || given === "account") return given;
  throw new LastpennyError("usage", `unknown level: ${given} (person or account)`);
}
