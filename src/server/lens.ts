import type { Question } from "../figures/question.ts";
import type { Settings } from "../ledger/settings.ts";
import type { Workspace } from "../workspace.ts";
import type { Owner } from "./owner.ts";

type Choice = Question["attribution"];

/**
 * Whether a question looks through another window, level or goal than the settings: tables may have to be computed for it.
 *
 * @param choice how the question wants conversions to be credited
 * @param settings the workspace's
 */
export function needsLens(choice: Choice, { attribution }: Pick<Settings, "attribution">): boolean {
  if (!choice) return false;
  const { windowDays, level, goal } = choice;
  return (
    (windowDays ?? attribution.window_days) !== attribution.window_days ||
    (level ?? attribution.level) !== attribution.level ||
    (goal ?? attribution.goal) !== attribution.goal
  );
}

/**
 * Asks once per version, as a reader where that is enough.
 *
 * @param owner who has the workspace
 * @param name of the result
 * @param choice how the question wants conversions to be credited
 * @param work asks the question
 */
export function askOnce<Result>(
  owner: Owner,
  name: string,
  choice: Choice,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return needsLens(choice, owner.workspace().settings)
    ? owner.writeOnce(name, work)
    : owner.readOnce(name, work);
}
