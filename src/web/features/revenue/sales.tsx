import { Waterfall, waterfallTable } from "../../../charts/waterfall.tsx";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { Fitted } from "./fitted.tsx";
import { saleSteps } from "./metrics.ts";
import { saleParts } from "./sale-parts.ts";

const metrics = saleSteps.map(({ metric }) => metric);

/** From what was charged, through discounts and refunds, to what was earned. */
export function Sales() {
  const { t } = useTexts();
  const title = t("revenue.sales");
  return (
    <Fitted title={title} metrics={metrics}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const { ask } = useView();
  const question = ask({ metrics });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={260}>
      {(answer) => (
        <Drawn answer={answer} title={title} question={question} isBusy={query.isPlaceholderData} />
      )}
    </Answered>
  );
}

function Drawn({
  answer,
  title,
  question,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly title: string;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf } = useKnown();
  const { open } = useExplain();
  const parts = saleParts(answer, nameOf, locale);
  const [first] = parts;
  if (!first) {
    return (
      <Panel title={title}>
        <Empty title={t("revenue.none")} height={120}>
          {t("revenue.none_about")}
        </Empty>
      </Panel>
    );
  }
  const { unit, currency } = first.figure;
  const data = {
    title,
    parts: parts.map(({ part }) => part),
    valueName: t("revenue.amount"),
    unit: { unit, currency },
    betterWhen: "up",
  } as const;
  return (
    <ChartPanel
      title={title}
      about={t("revenue.sales_about")}
      isBusy={isBusy}
      table={waterfallTable({ ...data, locale })}
      question={question}
    >
      {(place) => (
        <Waterfall
          {...data}
          {...place}
          onOpen={(index) => {
            const figure = parts[index]?.figure;
            if (figure) open(targetOf(figure));
          }}
        />
      )}
    </ChartPanel>
  );
}
