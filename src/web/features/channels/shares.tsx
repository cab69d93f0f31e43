import { Dumbbell, dumbbellTable } from "../../../charts/dumbbell.tsx";
import { printFigure } from "../../../figures/print.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import { shareRows } from "./share-rows.ts";

/** What part of the budget each channel takes, beside what part of the credit it earns. */
export function Shares() {
  const { t } = useTexts();
  const { ask } = useView();
  const query = useAnswer(
    ask({ metrics: ["cost", "attributed_revenue"], by: ["channel"], compare: "none" }),
  );
  return (
    <Answered query={query} height={320}>
      {(answer) => (
        <Drawn answer={answer} isBusy={query.isPlaceholderData} title={t("channels.shares")} />
      )}
    </Answered>
  );
}

function Drawn({
  answer,
  isBusy,
  title,
}: {
  readonly answer: ShownAnswer;
  readonly isBusy: boolean;
  readonly title: string;
}) {
  const { t, locale } = useTexts();
  const { open } = useExplain();
  const rows = shareRows(answer);
  const datum = (value: string | null) => ({
    value,
    label: printFigure({ value, unit: "percent" }, locale),
  });
  if (rows.every(({ cost }) => cost === null)) {
    return (
      <Panel title={title}>
        <Empty title={t("channels.no_cost")} height={120}>
          {t("channels.no_cost_about")}
        </Empty>
      </Panel>
    );
  }
  const data = {
    title,
    models: [t("channels.share_of_cost"), t("channels.share_of_credit")],
    unit: { unit: "percent" },
    rows: rows.map(({ row, cost, credit }) => ({
      name: row.texts.channel ?? "",
      values: [datum(cost), datum(credit)],
    })),
  };
  return (
    <ChartPanel
      title={title}
      about={t("channels.shares_about")}
      isBusy={isBusy}
      table={dumbbellTable({ ...data, locale })}
    >
      {(place) => (
        <Dumbbell
          {...data}
          {...place}
          onOpen={(index, isAlternate) => {
            const figures = rows[index]?.row.figures;
            const figure = isAlternate ? figures?.cost : figures?.attributed_revenue;
            if (figure) open(targetOf(figure));
          }}
        />
      )}
    </ChartPanel>
  );
}
