import { BarTable, barTableTable } from "../../../charts/bar-table.tsx";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { datumOf } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { type FigureRow, figureRows } from "../../table/figure-rows.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { Fitted } from "./fitted.tsx";
import classes from "./revenue.module.css";

const excluding: ReadonlySet<string> = new Set(["excluded", "all_excluded"]);

/** Revenue by the currency in which it was charged; what no rate converts is drawn and said, not dropped. */
export function Currencies() {
  const { t } = useTexts();
  const title = t("revenue.currencies");
  return (
    <Fitted title={title} metrics={["revenue"]}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const { t, locale } = useTexts();
  const { workspace, nameOf } = useKnown();
  const { ask } = useView();
  const { open } = useExplain();
  const question = ask({ metrics: ["revenue"], by: ["currency"], compare: "none" });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={220}>
      {(answer) => {
        const { rows } = figureRows(answer);
        if (rows.length === 0) {
          return (
            <Panel title={title}>
              <Empty title={t("revenue.none")} height={80} />
            </Panel>
          );
        }
        const data = {
          title,
          rows: rows.map(({ texts, figures }) => ({
            name: texts.currency ?? "",
            datum: datumOf(figures.revenue),
          })),
          valueName: nameOf("revenue"),
        };
        const openAt = (index: number) => {
          const figure = rows[index]?.figures.revenue;
          if (figure) open(targetOf(figure));
        };
        return (
          <ChartPanel
            title={title}
            about={t("revenue.currencies_about", { currency: workspace.currency })}
            isBusy={query.isPlaceholderData}
            table={barTableTable({ ...data, locale })}
            question={question}
          >
            {(place) => (
              <>
                <BarTable {...data} {...place} onOpen={openAt} />
                <WithoutRate rows={rows} />
              </>
            )}
          </ChartPanel>
        );
      }}
    </Answered>
  );
}

/** What no rate converts, currency by currency. */
function WithoutRate({ rows }: { readonly rows: readonly FigureRow[] }) {
  const { t } = useTexts();
  const left = rows.flatMap(({ key, texts, figures: { revenue } }) => {
    const reason = revenue?.reasons.find(({ code }) => excluding.has(code));
    return revenue && reason ? [{ key, name: texts.currency, figure: revenue, reason }] : [];
  });
  if (left.length === 0) return null;
  return (
    <ul className={classes.list}>
      {left.map(({ key, name, figure, reason }) => (
        <li key={key}>
          <FigureLink figure={figure}>{name}</FigureLink>: {reason.text}
        </li>
      ))}
      <li>{t("revenue.rates")}</li>
    </ul>
  );
}
