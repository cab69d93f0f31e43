import type { ReactNode } from "react";
import type { AppText } from "../../../locales/app-texts.ts";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import { turnOf } from "../../figure/state.ts";
import parts from "../../page/answer.module.css";
import { Phrase } from "../../text/phrase.tsx";

/**
 * The answer in sentences, by rules: does it pay, what came of what, what changed. Every number can be clicked.
 *
 * @param props the key figures
 */
export function AnswerLine({ answer }: { readonly answer: ShownAnswer }) {
  const figure = (metric: string) => figureIn(answer, { metric });
  const [roi, revenue, cost, attributed] = ["roi", "revenue", "cost", "attributed_revenue"].map(
    figure,
  );
  const link = (one: ShownFigure | undefined, text?: string): ReactNode =>
    one ? <FigureLink figure={one}>{text ?? one.text}</FigureLink> : null;
  const values = {
    roi: link(roi),
    revenue: link(revenue),
    cost: link(cost),
    attributed: link(attributed),
    delta: link(revenue, revenue?.comparison?.deltaText),
    before: revenue?.comparison?.text ?? "",
  };
  return (
    <p className={parts.answer}>
      <Phrase text={verdictOf(roi, cost)} with={values} />{" "}
      {revenue ? <Phrase text={changeOf(revenue)} with={values} /> : null}
    </p>
  );
}

/** What the return says; without a cost there is none to speak of. */
function verdictOf(roi: ShownFigure | undefined, cost: ShownFigure | undefined): AppText {
  if (!cost || cost.value === null || cost.state === "zero") return "overview.no_cost";
  if (!roi || roi.value === null) return "overview.no_return";
  if (roi.value.startsWith("-")) return "overview.does_not_pay";
  return "overview.pays";
}

function changeOf(revenue: ShownFigure): AppText {
  const turn = turnOf(revenue);
  if (turn === null) return "overview.revenue";
  if (turn === "same") return "overview.revenue_same";
  if (turn === "new") return "overview.revenue_new";
  return revenue.comparison?.delta?.startsWith("-")
    ? "overview.revenue_down"
    : "overview.revenue_up";
}
