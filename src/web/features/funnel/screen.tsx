import { Page } from "../../page/page.tsx";
import { useT } from "../../text/texts.tsx";
import { AnswerLine } from "./answer-line.tsx";
import { Breakdown } from "./breakdown.tsx";
import { FigureCards } from "./figure-cards.tsx";
import classes from "./funnel.module.css";
import { FunnelChart } from "./funnel-chart.tsx";
import { costs, handover } from "./metrics.ts";
import { RatesOverTime } from "./rates-over-time.tsx";
import { ScoreBands } from "./score-bands.tsx";
import { Stages } from "./stages.tsx";

/** Where do leads stall, and does marketing hand over well? */
export function Screen() {
  const t = useT();
  return (
    <Page title={t("nav.funnel")} question={t("funnel.question")}>
      <AnswerLine />
      <FunnelChart />
      <FigureCards title="funnel.handover" metrics={handover} />
      <RatesOverTime />
      <div className={classes.twin}>
        <Stages />
        <ScoreBands />
      </div>
      <FigureCards title="funnel.costs" metrics={costs} />
      <Breakdown />
    </Page>
  );
}
