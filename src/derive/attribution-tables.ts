import { identifier, type Sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";

/**
 * Returns the name of a table of attribution: that of the settings, or of the lens through which it is looked at
 * (another window, level or goal, computed into a schema of its own).
 *
 * @param context with the lens, when there is one
 * @param name the table
 */
export function attributionTable(
  { lens }: Pick<DeriveContext, "lens">,
  name: "journeys" | "channel_weights" | "credits",
): Sql {
  return identifier(lens ?? "derived", name);
}
