import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names that a campaign may have and that must do nothing but be shown. */
export const hostileNames = {
  html: `<img src=x onerror="window.broken=1"><script>window.broken=1</script>`,
  rightToLeft: "خصم ٥٠٪ \u202eedoc.exe",
  long: `Long ${"campaign-name-without-end ".repeat(12)}`.slice(0, 300),
  emoji: "👩‍👩‍👧‍👦 Sale 🎉🎉 𝒻𝒶𝓃𝒸𝓎",
  formula: `=cmd|' /C calc'!A0`,
  entity: `&lt;b&gt; "quoted", 'single' \\ ; -- %s {name}`,
} as const;

/** Campaigns of the simulated company, and what they are called instead. */
const renamed: Readonly<Record<string, string>> = {
  "Always-on beans": hostileNames.html,
  "Lookalike 2%": hostileNames.rightToLeft,
  cart_recovery: hostileNames.long,
  "Retargeting carts": hostileNames.formula,
  "KK | Search | Brand": hostileNames.emoji,
  "KK | Search | Beans DE": hostileNames.entity,
};

const inCsv = (text: string) => `"${text.replaceAll('"', '""')}"`;
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

function withHostileNames(path: string, text: string): string {
  const isJson = path.endsWith(".ndjson");
  return Object.entries(renamed).reduce((all, [plain, hostile]) => {
    const address = `utm_campaign=${encodeURIComponent(plain)}`;
    const done = all
      .replaceAll(address, () => `utm_campaign=${encodeURIComponent(hostile)}`)
      .replaceAll(
        address.replaceAll("%20", "+"),
        () => `utm_campaign=${encodeURIComponent(hostile)}`,
      );
    return isJson
      ? done.replaceAll(JSON.stringify(plain), () => JSON.stringify(hostile))
      : done.replaceAll(new RegExp(`(?<=^|,)"?${escaped(plain)}"?(?=,|\r?$)`, "gm"), () =>
          inCsv(hostile),
        );
  }, text);
}

/**
 * Copies the exports of a simulated company and gives its campaigns hostile names.
 *
 * @param from folder of the exports
 * @param to folder of the copy
 */
export function copyWithHostileNames(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const name of readdirSync(to, { recursive: true }).map(String)) {
    const path = join(to, name);
    if (!/\.(csv|ndjson)$/.test(path) || path.includes("linkedin")) continue;
    writeFileSync(path, withHostileNames(path, readFileSync(path, "utf8")));
  }
}
