import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";
import { formulaWords, metricText, variantName } from "../catalogue/words.ts";
import { writtenFormula } from "../catalogue/written-formula.ts";
import { type CliText, cliTexts } from "../locales/cli-texts.ts";
import { metricTexts } from "../locales/locales.ts";
import type { Locale, Translate } from "../locales/translate.ts";
import { loadCatalogue } from "../workspace.ts";
import type { Command } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { jsonText, localeOf, pathOf } from "./opening.ts";

/** `lastpenny metrics`: the catalogue, or one definition. */
export const command: Command = {
  name: "metrics",
  usage: "[METRIC]",
  summary: "Lists the metrics, or shows one definition in full.",
  options: { json: { type: "boolean", help: "print as JSON" } },
  examples: ["lastpenny metrics", "lastpenny metrics cac"],
  run: async (args, terminal) => {
    const [id] = args.positionals;
    const catalogue = loadCatalogue(pathOf(terminal, args.text("workspace") ?? "lastpenny"));
    const locale = localeOf(args) ?? "en";
    const words = { catalogue, locale, t: cliTexts(locale) };
    const metrics = id === undefined ? catalogue.metrics : [catalogue.resolve(id).metric];
    if (args.flag("json")) terminal.out(jsonText(metrics));
    else if (id === undefined) for (const line of listLines(words)) terminal.out(line);
    else
      for (const metric of metrics)
        for (const line of metricLines(metric, words)) terminal.out(line);
    return 0;
  },
};

interface Words {
  readonly catalogue: Catalogue;
  readonly locale: Locale;
  readonly t: Translate<CliText>;
}

function listLines({ catalogue, locale, t }: Words): string[] {
  const texts = metricTexts(locale);
  const families = [...new Set(catalogue.metrics.map(({ family }) => family))];
  return families.flatMap((family) => {
    const rows = catalogue.metrics
      .filter((metric) => metric.family === family)
      .map((metric) => [
        metric.id,
        metricText(metric, texts).name,
        metric.variants.map((variant) => variant.id).join(", "),
      ]);
    const columns = [
      { title: "id" },
      { title: t("figures.metric") },
      { title: t("metrics.variants") },
    ];
    return ["", texts.families[family], ...layoutTable(columns, rows)];
  });
}

function metricLines(metric: Metric, { catalogue, locale, t }: Words): string[] {
  const texts = metricTexts(locale);
  const { name, meaning, low, high, act } = metricText(metric, texts);
  const units: Readonly<Record<string, string>> = texts.units;
  const words = formulaWords(catalogue, texts);
  const variants = metric.variants.map((variant) => {
    const resolved = catalogue.resolve(`${metric.id}@${variant.id}`);
    return [
      `${metric.id}@${variant.id}`,
      variantName(metric, variant, texts),
      writtenFormula(resolved.formula, words),
    ];
  });
  const first = catalogue.resolve(metric.id);
  const inputs = first.measures.map((measure) => [measure.id, `derived.${measure.fact}`]);
  const facts = [
    [t("metrics.unit"), units[metric.unit] ?? metric.unit],
    [t("metrics.version"), String(metric.version)],
    [t("metrics.low"), low],
    [t("metrics.high"), high],
    [t("metrics.act"), act],
  ];
  const plain = [{ title: "" }, { title: "" }, { title: "" }];
  return [
    `${name} (${metric.id})`,
    meaning,
    "",
    ...layoutTable(plain.slice(0, 2), facts),
    "",
    t("metrics.variants"),
    ...layoutTable(plain, variants),
    "",
    t("explain.inputs"),
    ...layoutTable(plain.slice(0, 2), inputs),
  ];
}
