import { FigureSection } from "../../figure/figure-section.tsx";
import { Page } from "../../page/page.tsx";
import { useT } from "../../text/texts.tsx";
import { Alike } from "./alike.tsx";
import { AnswerLine } from "./answer-line.tsx";
import { Automations } from "./automations.tsx";
import { Breakdown } from "./breakdown.tsx";
import { Course } from "./course.tsx";
import { carts, lists } from "./metrics.ts";
import { Numbers } from "./numbers.tsx";
import { Placement } from "./placement.tsx";
import { useMedium } from "./use-medium.ts";
import { Way } from "./way.tsx";

/** Do messages arrive, get acted on, earn, and annoy few? */
export function Screen() {
  const t = useT();
  const { medium } = useMedium();
  const isEmail = medium.id === "email";
  return (
    <Page title={t("nav.messaging")} question={t("messaging.question")}>
      <AnswerLine />
      <Numbers />
      {isEmail ? <Way /> : null}
      <Breakdown />
      <Automations />
      <Course />
      <FigureSection
        title={t("messaging.lists")}
        metrics={lists}
        unlock={t("messaging.no_lists")}
      />
      <FigureSection
        title={t("messaging.carts")}
        metrics={carts}
        unlock={t("messaging.no_carts")}
      />
      {isEmail ? (
        <>
          <Placement />
          <Alike />
        </>
      ) : null}
    </Page>
  );
}
