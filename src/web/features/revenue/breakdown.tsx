import { useAnswer } from "../../api/answer.ts";
import { seriesOf } from "../../chart/time-data.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { Course } from "./course.tsx";
import { Fitted } from "./fitted.tsx";
import { revenueDimensions } from "./metrics.ts";

const columns = [
  "revenue",
  "discounts",
  "refunds",
  "gross_profit",
  "orders",
  "average_order_value",
] as const;

/** As many as share one drawing without hiding each other. */
const mostDrawn = 5;

/** Revenue by stream, product, channel …: over time, and all of its parts in numbers. */
export function Breakdown() {
  const t = useT();
  const { view } = useView();
  const { dimensionName } = useKnown();
  const by = revenueDimensions.find((one) => one === view.search.rb) ?? revenueDimensions[0];
  const title = t("revenue.over_time", { dimension: dimensionName(by) });
  return (
    <Fitted title={title} metrics={["revenue"]}>
      <OverTime by={by} title={title} />
      <Numbers by={by} />
    </Fitted>
  );
}

type Dimension = (typeof revenueDimensions)[number];

function OverTime({ by, title }: { readonly by: Dimension; readonly title: string }) {
  const t = useT();
  const { ask } = useView();
  const question = ask({
    metrics: ["revenue"],
    by: [by],
    grain: "view",
    compare: "none",
    limit: mostDrawn,
  });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={360}>
      {(answer) => (
        <Course
          title={title}
          about={
            answer.groups.length < mostDrawn
              ? null
              : t("revenue.over_time_about", { count: mostDrawn })
          }
          answer={answer}
          question={question}
          series={answer.groups.map((group, index) =>
            seriesOf(answer, { metric: "revenue", group }, answer.groupTexts[index]?.[by] ?? ""),
          )}
          isBusy={query.isPlaceholderData}
          actions={<By by={by} />}
        />
      )}
    </Answered>
  );
}

function By({ by }: { readonly by: Dimension }) {
  const t = useT();
  const { set } = useView();
  const { dimensionName } = useKnown();
  return (
    <Choice
      name={t("revenue.by")}
      value={by}
      shown={dimensionName(by)}
      options={revenueDimensions.map((id) => ({ id, text: dimensionName(id) }))}
      onChoose={(id) =>
        set({ rb: id === revenueDimensions[0] ? undefined : id, "s.revenue": undefined })
      }
    />
  );
}

function Numbers({ by }: { readonly by: Dimension }) {
  const t = useT();
  const { dimensionName } = useKnown();
  const { ask } = useView();
  const { fitting: metrics } = useFitting()(columns, [by]);
  const question = ask({ metrics, by: [by] });
  const query = useAnswer(question);
  const title = t("revenue.numbers", { dimension: dimensionName(by) });
  return (
    <Panel
      title={title}
      about={t("revenue.numbers_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={260}>
        {(answer) =>
          answer.groups.length === 0 ? (
            <Empty title={t("revenue.none")} height={120}>
              {t("revenue.none_about")}
            </Empty>
          ) : (
            <FigureTable id="revenue" caption={title} answer={answer} by={[by]} metrics={metrics} />
          )
        }
      </Answered>
    </Panel>
  );
}
