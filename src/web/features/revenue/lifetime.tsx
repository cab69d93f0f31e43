import { BarTable, barTableTable } from "../../../charts/bar-table.tsx";
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
  const variants = metric("clv")?.variants ?? [];
  return (
    <Answered query={query} height={320}>
      {(answer) => {
        const cac = figureIn(answer, { metric: "cac" });
        const rows = lifetimeVariants.map((id) => ({
          id,
          name: variants.find((variant) => variant.id === id)?.name ?? id,
          words: variants.find((variant) => variant.id === id)?.words ?? "",
          value: figureIn(answer, { metric: `clv@${id}` }),
          ratio: figureIn(answer, { metric: `clv_to_cac@${id}` }),
        }));
        const data = {
          title,
          rows: rows.map(({ name, value }) => ({
            name,
            datum: datumOf(value),
            ...(cac?.value == null ? {} : { comparison: datumOf(cac) }),
          })),
          valueName: nameOf("clv"),
          comparisonName: nameOf("cac"),
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
                <BarTable
                  {...data}
                  {...place}
                  onOpen={(index) => {
                    const figure = rows[index]?.value;
                    if (figure) open(targetOf(figure));
                  }}
                />
                <ul className={classes.list}>
                  {rows.map(({ id, name, words, ratio }) => (
                    <li key={id}>
                      <Phrase
                        text="revenue.lifetime_row"
                        with={{
                          name,
                          words,
                          ratio: ratio ? <FigureLink figure={ratio} /> : "–",
                        }}
                      />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </ChartPanel>
        );
      }}
    </Answered>
  );
}
