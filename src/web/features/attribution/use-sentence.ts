import { useTexts } from "../../text/texts.tsx";
import type { Behind } from "./behind.ts";
import { otherChannel, shortPath } from "./journey-flows.ts";

/**
 * Returns what the listed conversions have in common.
 *
 * @param behind what the address names
 */
export function useSentence(behind: Behind | null): string {
  const { t } = useTexts();
  if (!behind) return "";
  const nameOf = (id: string) => {
    const channel = id.slice(id.indexOf(":") + 1);
    if (id === "0:") return t("attribution.conversion");
    return channel === otherChannel ? t("attribution.other_channels") : channel;
  };
  switch (behind.kind) {
    case "touches":
    case "days":
      return t(`attribution.behind_${behind.kind}`, { from: behind.from, to: behind.to });
    case "place":
      return `${behind.channel}: ${t(`attribution.place.${behind.at}`)}`;
    case "flow":
      return `${nameOf(behind.from)} > ${nameOf(behind.to)}`;
    default:
      return shortPath(behind.path);
  }
}
