import { FigureSection } from "../../figure/figure-section.tsx";
import parts from "../../page/answer.module.css";
import { Page } from "../../page/page.tsx";
import { useT } from "../../text/texts.tsx";
import { Acquisition } from "./acquisition.tsx";
import { AnswerLine } from "./answer-line.tsx";
import { Breakdown } from "./breakdown.tsx";
import { CohortGrid } from "./cohort-grid.tsx";
import { Currencies } from "./currencies.tsx";
import { Lifetime } from "./lifetime.tsx";
import { costMetrics, customerMetrics, revenueMetrics } from "./metrics.ts";
import { Payback } from "./payback.tsx";
import { Sales } from "./sales.tsx";
import { Split } from "./split.tsx";
import { Surveys } from "./surveys.tsx";

/** Do customers stay, and do they pay back what they cost? */
export function Screen() {
  const t = useT();
  return (
    <Page title={t("nav.revenue")} question={t("revenue.question")}>
      <AnswerLine />
      <FigureSection title={t("revenue.earned")} metrics={revenueMetrics} />
      <div className={parts.twin}>
        <Sales />
        <Split />
      </div>
      <Breakdown />
      <FigureSection title={t("revenue.customers")} metrics={customerMetrics} />
      <CohortGrid />
      <FigureSection title={t("revenue.worth")} metrics={costMetrics} />
      <div className={parts.twin}>
        <Lifetime />
        <Payback />
      </div>
      <Acquisition />
      <Surveys />
      <Currencies />
    </Page>
  );
}
