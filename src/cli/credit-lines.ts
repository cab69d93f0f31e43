import type {
  CreditedConversion,
  CreditedTouch,
  OrderCredit,
  TouchFacts,
} from "../figures/order-credit.ts";
import { printFigure } from "../figures/print.ts";
import { attributionModels } from "../ledger/attribution.ts";
import { modelTexts } from "../locales/model-texts.ts";
import { attributionLine, printShare } from "./attribution-lines.ts";
import { layoutParts, layoutTable, wrap } from "./layout.ts";
import { localTime } from "./names.ts";
import type { Opened } from "./opening.ts";

/**
 * Returns which touch got how much of an order, and by which weights.
 *
 * @param credit what is known of the order
 * @param opened language, time zone and the width of a line
 */
export function creditLines(credit: OrderCredit, opened: Opened): string[] {
  const print = printersOf(credit, opened);
  return credit.conversions.flatMap((conversion, index) => [
    ...(index > 0 ? [""] : []),
    ...headLines(conversion, credit, print, opened),
    ...touchLines(conversion, credit, print, opened),
    ...entryLines(conversion, print, opened),
    ...modelLines(conversion, print, opened),
    ...leftOutLines(conversion, print, opened),
  ]);
}

interface Printers {
  readonly money: (value: string | null) => string;
  readonly time: (instant: string) => string;
  readonly age: (seconds: string) => string;
}

function printersOf({ currency }: OrderCredit, { locale, workspace }: Opened): Printers {
  return {
    money: (value) => printFigure({ value, unit: "money", currency }, locale),
    time: (instant) => localTime(instant, workspace.settings.time_zone),
    age: (seconds) => printAge(Number(seconds), locale),
  };
}

/** The longest unit that fits: days, hours, minutes or seconds. */
function printAge(seconds: number, locale: Opened["locale"]): string {
  const units = [
    ["days", 86_400],
    ["hours", 3_600],
    ["minutes", 60],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? (["seconds", 1] as const);
  return printFigure({ value: (seconds / size).toFixed(1), unit }, locale);
}

function headLines(
  { conversion, dataSource, amount, convertedAt }: CreditedConversion,
  { attribution }: OrderCredit,
  { money, time }: Printers,
  opened: Opened,
): string[] {
  const { t, width, style, workspace } = opened;
  const source = dataSource === null ? "" : ` · ${dataSource}`;
  const when = `${time(convertedAt)} (${workspace.settings.time_zone})${source}`;
  return [
    ...wrap(t("credit.head", { conversion, amount: money(amount), when }), width).map((line) =>
      style("bold", line),
    ),
    ...wrap(attributionLine(attribution, opened), width),
    "",
  ];
}

function touchLines(
  { touches, amount, unattributed }: CreditedConversion,
  { attribution: { model } }: OrderCredit,
  { money, time, age }: Printers,
  opened: Opened,
): string[] {
  const { t, width, locale } = opened;
  if (unattributed !== null) return wrap(`  ${t("credit.untouched")}`, width, 2);
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    right("#"),
    { title: t("credit.touch") },
    { title: "", max: 40 },
    { title: "", max: 40 },
    right(t("credit.age")),
    right(t("attribution.share")),
    right(t("attribution.credit")),
  ];
  const rows = touches.map((touch) => [
    String(touch.nth),
    time(touch.touchedAt),
    channelOf(touch, opened),
    detailOf(touch),
    age(touch.ageSeconds),
    printFigure({ value: touch.credit[model].share, unit: "percent" }, locale),
    money(touch.credit[model].amount),
  ]);
  const total = [
    "",
    t("attribution.total"),
    "",
    "",
    "",
    printShare("1", "1", opened),
    money(amount),
  ];
  return layoutTable(columns, [...rows, total], 2, width);
}

function channelOf(touch: TouchFacts, { t }: Opened): string {
  return `${touch.channel ?? "–"}, ${t("credit.kind", { kind: touch.kind })}`;
}

/** What tells a touch from others of its channel. */
function detailOf({ automation, campaign, asset, source, landingPage }: TouchFacts): string {
  const names = [automation, campaign, asset].filter((name) => name !== null && name !== "");
  return [...new Set(names)].join(" · ") || source || landingPage || "";
}

/** Amounts that are divided apart from each other: only worth a list when there are several. */
function entryLines(
  { entries }: CreditedConversion,
  { money, time }: Printers,
  { t, width, style }: Opened,
): string[] {
  if (entries.length < 2 && entries.every(({ excluded }) => excluded === null)) return [];
  const columns = [
    { title: "" },
    { title: "" },
    { title: "", align: "right" as const },
    { title: "", max: 60 },
  ];
  const rows = entries.map(({ kind, bookedAt, amount, excluded, stream, currency }) => [
    t("credit.entry", { kind }),
    time(bookedAt),
    money(amount),
    [stream, currency, excluded === null ? null : t("credit.excluded")].filter(Boolean).join(" · "),
  ]);
  return ["", style("bold", t("credit.entries")), ...layoutTable(columns, rows, 2, width)];
}

function modelLines(
  { touches }: CreditedConversion,
  { money }: Printers,
  { t, width, style, locale }: Opened,
): string[] {
  if (touches.length === 0) return [];
  const columns = [
    { title: t("attribution.model") },
    ...touches.map(({ nth }) => ({ title: `#${nth}`, align: "right" as const })),
  ];
  const cellOf = (touch: CreditedTouch, model: (typeof attributionModels)[number]) =>
    Number(touch.credit[model].share) === 0 ? "·" : money(touch.credit[model].amount);
  const rows = attributionModels.map((model) => [
    modelTexts(locale)[model].name,
    ...touches.map((touch) => cellOf(touch, model)),
  ]);
  return ["", style("bold", t("credit.models")), ...layoutParts(columns, rows, 2, width)];
}

function leftOutLines(
  { leftOut }: CreditedConversion,
  { time }: Printers,
  opened: Opened,
): string[] {
  const { t, width, style } = opened;
  if (leftOut.length === 0) return [];
  const columns = [{ title: "" }, { title: "", max: 40 }, { title: "", max: 40 }, { title: "" }];
  const rows = leftOut
    .toSorted((left, right) => (left.touchedAt < right.touchedAt ? -1 : 1))
    .map((touch) => [
      time(touch.touchedAt),
      channelOf(touch, opened),
      detailOf(touch),
      t("credit.why", { why: touch.why }),
    ]);
  return ["", style("bold", t("credit.left_out")), ...layoutTable(columns, rows, 2, width)];
}
