import { useQuery } from "@tanstack/react-query";
import { Waterfall, type WaterfallPart, waterfallTable } from "../../../charts/waterfall.tsx";
import { printFigure } from "../../../figures/print.ts";
import { add, parseExact, toDecimal } from "../../../ledger/exact.ts";
import type { ShownExplanation } from "../../../server/api.ts";
import { explainQuery } from "../../api/explain.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { daysText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { filterOfGroup } from "../../view/filters.ts";
import { useView } from "../../view/use-view.ts";

const metric = "roi";
const digits = 12;

/** Why the return changed: what each channel added, which adds up to the change exactly. */
export function ChangeByChannel() {
  const { t, locale } = useTexts();
  const { ask, view } = useView();
  const question = ask({ metrics: [metric] });
  const query = useQuery(explainQuery({ question, changeBy: "channel", rowLimit: 1 }, locale));
  const title = t("overview.why");
  if (view.compare === "none") {
    return (
      <Panel title={title}>
        <Empty title={t("overview.why_off")} height={120} />
      </Panel>
    );
  }
  return (
    <Answered query={query} height={340}>
      {(explanation) =>
        explanation.change ? (
          <Parts explanation={explanation} isBusy={query.isPlaceholderData} />
        ) : (
          <Panel title={title}>
            <Empty title={t("explain.no_change")} height={120}>
              {t("explain.no_change_about")}
            </Empty>
          </Panel>
        )
      }
    </Answered>
  );
}

type Change = NonNullable<ShownExplanation["change"]>;

function Parts({
  explanation,
  isBusy,
}: {
  readonly explanation: ShownExplanation;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { view } = useView();
  const { open } = useExplain();
  const { change, figure, name } = explanation;
  if (!change) return null;
  const unit = { unit: figure.unit, currency: figure.currency };
  const print = (value: string) => printFigure({ value, unit: figure.unit }, locale);
  const parts = partsOf(change, {
    print,
    before: t("explain.before"),
    after: t("explain.after"),
    overlap: t("explain.overlap"),
  });
  const data = {
    title: t("overview.why"),
    parts,
    valueName: name,
    unit,
    betterWhen: figure.comparison?.betterWhen ?? "neutral",
  } as const;
  return (
    <ChartPanel
      title={data.title}
      about={t("overview.why_about", { days: daysText(view.period, locale) })}
      isBusy={isBusy}
      table={waterfallTable({ ...data, locale })}
    >
      {(place) => (
        <Waterfall
          {...data}
          {...place}
          onOpen={(index) => {
            const part = change.contributions[index - 1];
            const filter = part ? filterOfGroup({ [change.dimension]: part.group }) : "";
            open({ metric, ...(filter === "" ? {} : { filter }) }, part ? undefined : "change");
          }}
        />
      )}
    </ChartPanel>
  );
}

interface Words {
  readonly print: (value: string) => string;
  readonly before: string;
  readonly after: string;
  readonly overlap: string;
}

/** From the value before through each channel's part to the value now; ends are summed exactly. */
function partsOf(change: Change, words: Words): readonly WaterfallPart[] {
  const { print, before, after, overlap } = words;
  let sum = parseExact(change.before);
  const step = (name: string, value: string, label: string): WaterfallPart => {
    sum = add(sum, parseExact(value));
    return { name, datum: { value, label }, end: toDecimal(sum, digits) };
  };
  const level = (name: string, value: string): WaterfallPart => ({
    name,
    datum: { value, label: print(value) },
    end: value,
    isTotal: true,
  });
  const isShared = !/^-?0*(\.0*)?$/.test(change.overlap);
  return [
    level(before, change.before),
    ...change.contributions.map(({ groupText, contribution, contributionText }) =>
      step(groupText, contribution, contributionText),
    ),
    ...(isShared ? [step(overlap, change.overlap, change.overlapText)] : []),
    level(after, change.after),
  ];
}
