import { FigureSection } from "../../figure/figure-section.tsx";
import parts from "../../page/answer.module.css";
import { Page } from "../../page/page.tsx";
import { useT } from "../../text/texts.tsx";
import { AnswerLine } from "./answer-line.tsx";
import { Breakdown } from "./breakdown.tsx";
import { FunnelChart } from "./funnel-chart.tsx";
import { costs, handover, shares } from "./metrics.ts";
import { RatesOverTime } from "./rates-over-time.tsx";
import { ScoreBands } from "./score-bands.tsx";
import { Stages } from "./stages.tsx";
import { useBasis } from "./use-basis.ts";

/** Where do leads stall, and does marketing hand over well? */
export function Screen() {
  const t = useT();
  const { basis } = useBasis();
  return (
    <Page title={t("nav.funnel")} question={t("funnel.question")}>
      <AnswerLine />
      <FunnelChart />
      <FigureSection
        title={t("funnel.shares")}
        metrics={shares[basis]}
        basis={basis}
        unlock={t("funnel.empty_about")}
      />
      <FigureSection
        title={t("funnel.handover")}
        metrics={handover}
        unlock={t("funnel.empty_about")}
      />
      <RatesOverTime />
      <div className={parts.twin}>
        <Stages />
        <ScoreBands />
      </div>
      <FigureSection title={t("funnel.costs")} metrics={costs} unlock={t("funnel.no_costs")} />
      <Breakdown />
    </Page>
  );
}
