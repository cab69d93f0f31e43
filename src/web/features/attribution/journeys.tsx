import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./attribution.module.css";
import { Flows } from "./flows.tsx";
import { JourneyHistogram } from "./journey-histogram.tsx";
import { Paths } from "./paths.tsx";
import { Positions } from "./positions.tsx";
import { useJourneys } from "./use-journeys.ts";

/** The ways to the conversions: which channels follow on which, how long they are, how long they take. */
export function Journeys() {
  const t = useT();
  const { query, ignored } = useJourneys();
  return (
    <Answered query={query} height={900}>
      {(journeys) => {
        if (journeys.totals.conversions.value === "0") {
          return (
            <Panel title={t("attribution.journeys")}>
              <Empty title={t("attribution.no_journeys")} height={160}>
                {t("attribution.nothing_about")}
              </Empty>
            </Panel>
          );
        }
        if (journeys.paths.length === 0) {
          return (
            <Panel title={t("attribution.journeys")}>
              <Empty title={t("attribution.no_paths")} height={160}>
                {t("attribution.no_touches")}
              </Empty>
            </Panel>
          );
        }
        const isBusy = query.isPlaceholderData;
        return (
          <>
            <Flows journeys={journeys} isBusy={isBusy} ignored={ignored} />
            <div className={classes.twin}>
              <JourneyHistogram kind="touches" journeys={journeys} isBusy={isBusy} />
              <JourneyHistogram kind="days" journeys={journeys} isBusy={isBusy} />
            </div>
            <Positions journeys={journeys} isBusy={isBusy} />
            <Paths journeys={journeys} isBusy={isBusy} />
          </>
        );
      }}
    </Answered>
  );
}
