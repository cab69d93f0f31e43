import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { breakdowns, cohortMetrics } from "./metrics.ts";
import { useBasis } from "./use-basis.ts";

const limit = 500;

/** The funnel by channel, campaign, owner, team …: where leads come from and who moves them. */
export function Breakdown() {
  const t = useT();
  const { ask, view, set } = useView();
  const { dimensionName } = useKnown();
  const { basis } = useBasis();
  const chosen = breakdowns.find(({ by }) => by === view.search.by) ?? breakdowns[0];
  const by = [chosen.by];
  const fittingOf = useFitting();
  const cohort = basis === "cohort" ? fittingOf(cohortMetrics, by).fitting : [];
  const period = fittingOf(chosen.metrics, by);
  const isCohort = cohort.length > 0;
  const metrics = isCohort ? cohort : period.fitting;
  const question = ask({ metrics, by, limit, ...(isCohort ? { basis } : {}) });
  const query = useAnswer(metrics.length > 0 ? question : null);
  const title = t("funnel.by", { dimension: dimensionName(chosen.by) });
  return (
    <Panel
      title={title}
      about={t(basis === "cohort" && !isCohort ? "funnel.by_period_only" : "funnel.by_about")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          <Choice
            name={t("funnel.by_choice")}
            value={chosen.by}
            shown={dimensionName(chosen.by)}
            options={breakdowns.map(({ by: id }) => ({ id, text: dimensionName(id) }))}
            onChoose={(id) => set({ by: id === breakdowns[0].by ? undefined : id })}
          />
          <ExportMenu title={title} question={question} />
        </>
      }
    >
      {metrics.length > 0 ? (
        <Answered query={query} height={360}>
          {(answer) =>
            answer.groups.length === 0 ? (
              <Empty title={t("funnel.no_leads")} height={120}>
                {t("funnel.empty_about")}
              </Empty>
            ) : (
              <FigureTable
                id="by"
                caption={title}
                answer={answer}
                by={by}
                metrics={question.metrics}
              />
            )
          }
        </Answered>
      ) : null}
      {isCohort ? null : <LeftOut metrics={period.leftOut} />}
    </Panel>
  );
}
