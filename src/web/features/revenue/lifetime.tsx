import { BarTable, barTableTable } from "../../../charts/bar-table.tsx";
import type { ShownAnswer, ShownFigure, ShownMetric } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Answered } from "../../page/answered.tsx";
import { Phrase } from "../../text/phrase.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { Fitted } from "./fitted.tsx";
import { lifetimeVariants } from "./metrics.ts";
import classes from "./revenue.module.css";

const metrics = [
  "cac",
  ...lifetimeVariants.flatMap((variant) => [`clv@${variant}`, `clv_to_cac@${variant}`]),
];

/** What a customer is worth by each formula, against what one costs to win. */
export function Lifetime() {
  const { t } = useTexts();
  const title = t("revenue.lifetime");
  return (
    <Fitted title={title} metrics={metrics}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const { t, locale } = useTexts();
  const { metric, nameOf } = useKnown();
  const { ask } = useView();
  const { open } = useExplain();
  const question = ask({ metrics, compare: "none" });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={320}>
      {(answer) => {
        const cac = figureIn(answer, { metric: "cac" });
        const rows = rowsOf(answer, metric("clv")?.variants ?? []);
        const comparison = cac?.value == null ? {} : { comparison: datumOf(cac) };
        const data = {
          title,
          rows: rows.map(({ name, value }) => ({ name, datum: datumOf(value), ...comparison })),
          valueName: nameOf("clv"),
          comparisonName: nameOf("cac"),
        };
        const openAt = (index: number) => {
          const figure = rows[index]?.value;
          if (figure) open(targetOf(figure));
        };
        return (
          <ChartPanel
            title={title}
            about={t(cac?.value == null ? "revenue.lifetime_no_cost" : "revenue.lifetime_about")}
            isBusy={query.isPlaceholderData}
            table={barTableTable({ ...data, locale })}
            question={question}
          >
            {(place) => (
              <>
                <BarTable {...data} {...place} onOpen={openAt} />
                <Formulas rows={rows} />
              </>
            )}
          </ChartPanel>
        );
      }}
    </Answered>
  );
}

interface Row {
  readonly id: string;
  readonly name: string;
  /** The formula in words. */
  readonly words: string;
  readonly value: ShownFigure | undefined;
  /** The value against the cost of winning a customer. */
  readonly ratio: ShownFigure | undefined;
}

function rowsOf(answer: ShownAnswer, variants: ShownMetric["variants"]): readonly Row[] {
  return lifetimeVariants.map((id) => {
    const variant = variants.find((one) => one.id === id);
    return {
      id,
      name: variant?.name ?? id,
      words: variant?.words ?? "",
      value: figureIn(answer, { metric: `clv@${id}` }),
      ratio: figureIn(answer, { metric: `clv_to_cac@${id}` }),
    };
  });
}

/** How each value is computed, and what it is against the cost. */
function Formulas({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <ul className={classes.list}>
      {rows.map(({ id, name, words, ratio }) => (
        <li key={id}>
          <Phrase
            text="revenue.lifetime_row"
            with={{ name, words, ratio: ratio ? <FigureLink figure={ratio} /> : "–" }}
          />
        </li>
      ))}
    </ul>
  );
}
