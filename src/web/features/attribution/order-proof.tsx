import { useQuery } from "@tanstack/react-query";
import { printFigure, printGroup } from "../../../figures/print.ts";
import { divide, fraction, parseExact, toDecimal } from "../../../ledger/exact.ts";
import type { Locale } from "../../../locales/translate.ts";
import type { ShownOrderCredit } from "../../../server/api.ts";
import { type CellContent, type CellRow, tableOf } from "../../table/cell-rows.ts";
import { CellTable } from "../../table/cell-table.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { instantText } from "../../text/dates.ts";
import { loadModelNames } from "../../text/model-names.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import classes from "./attribution.module.css";
import { useAttributed } from "./use-attributed.ts";

type Conversion = ShownOrderCredit["conversions"][number];
type Touch = Conversion["touches"][number];
type Model = keyof Touch["credit"];

/**
 * One conversion with its touches, and what each earned under every model; below, that all of it is the order's amount.
 *
 * @param props the conversion, and the model that the view has chosen
 */
export function OrderProof({
  conversion,
  model,
}: {
  readonly conversion: Conversion;
  readonly model: Model;
}) {
  const { t, locale } = useTexts();
  const { workspace, dimensionName } = useKnown();
  const { askedDays } = useAttributed();
  const { data: names } = useQuery({
    queryKey: ["model names", locale],
    queryFn: () => loadModelNames(locale),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const models = [model, ...workspace.attribution.models.filter((id) => id !== model)] as Model[];
  const when = (instant: string) => instantText(instant, workspace.timeZone, locale);
  const columns = [
    { id: "touch", name: dimensionName("channel") },
    { id: "at", name: t("attribution.touched_at"), isText: true },
    { id: "campaign", name: dimensionName("campaign"), isText: true },
    { id: "age", name: t("attribution.age") },
    ...models.map((id) => ({ id, name: names?.[id]?.name ?? id, about: names?.[id]?.rule })),
  ];
  const creditOf = (credit: Touch["credit"] | null): readonly CellContent[] =>
    models.map((id) => ({
      text: credit?.[id]?.amount.text ?? "–",
      value: credit?.[id]?.amount.value ?? null,
      sub: credit?.[id]?.share.text ?? "",
    }));
  const rows = conversion.touches.map(
    (touch): CellRow => ({
      key: String(touch.nth),
      cells: [
        { text: `${touch.nth}. ${printGroup(touch.channel, locale)}`, value: String(touch.nth) },
        { text: when(touch.touchedAt) },
        { text: touch.campaign ?? touch.automation ?? "–", sub: touch.asset ?? undefined },
        ageCell(touch.ageSeconds, locale),
        ...creditOf(touch.credit),
      ],
    }),
  );
  const foot: readonly CellRow[] = [
    ...(conversion.unattributed
      ? [
          {
            key: "unattributed",
            isMuted: true,
            cells: [
              { text: t("attribution.unattributed") },
              { text: "" },
              { text: "" },
              { text: "" },
              ...creditOf(conversion.unattributed),
            ],
          },
        ]
      : []),
    {
      key: "amount",
      cells: [
        { text: t("attribution.amount") },
        { text: "" },
        { text: "" },
        { text: "" },
        ...models.map(() => conversion.amount),
      ],
    },
  ];
  const caption = t("attribution.proof_of", { order: conversion.conversion });
  return (
    <section className={classes.block} aria-label={caption}>
      <div className={classes.pages}>
        <h3>{caption}</h3>
        <ExportMenu
          title={caption}
          table={tableOf(caption, columns, [...rows, ...foot])}
          asked={{ attribution: askedDays.attribution }}
        />
      </div>
      <dl className={classes.facts}>
        <Fact name={t("attribution.converted_at")} value={when(conversion.convertedAt)} />
        <Fact name={t("attribution.amount")} value={conversion.amount.text} />
        <Fact name={t("attribution.touches")} value={String(conversion.touches.length)} />
        <Fact name={dimensionName("data_source")} value={conversion.dataSource ?? "–"} />
        {conversion.isFirst ? <Fact name={t("attribution.first_order")} value="" /> : null}
      </dl>
      <CellTable id="proof" caption={caption} columns={columns} rows={rows} foot={foot} />
      <LeftOut conversion={conversion} when={when} />
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function LeftOut({
  conversion,
  when,
}: {
  readonly conversion: Conversion;
  readonly when: (instant: string) => string;
}) {
  const { t, locale } = useTexts();
  const { leftOut } = conversion;
  if (leftOut.length === 0) return null;
  return (
    <details className={classes.leftOut}>
      <summary>{t("attribution.left_out", { count: leftOut.length })}</summary>
      <ul>
        {leftOut.map((touch) => (
          <li key={`${touch.touchedAt} ${touch.channel} ${touch.campaign}`}>
            <bdi>{printGroup(touch.channel, locale)}</bdi> · {when(touch.touchedAt)} ·{" "}
            {t(`attribution.left_out_${touch.why}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

const hour = 3600n;
const day = 86_400n;

/** Time from the touch to the conversion, in days, or in hours within the last. */
function ageCell(seconds: string, locale: Locale): CellContent {
  const isDays = BigInt(seconds.split(".")[0] ?? "0") >= day;
  const value = divide(parseExact(seconds), fraction(isDays ? day : hour));
  const unit = isDays ? "days" : "hours";
  return {
    text: printFigure({ value: value && toDecimal(value, 6), unit }, locale),
    value: seconds,
  };
}
