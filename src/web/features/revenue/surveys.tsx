import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import { Fitted } from "./fitted.tsx";
import { surveyMetrics } from "./metrics.ts";

const by = ["survey"] as const;

/** What customers say of themselves, survey by survey. */
export function Surveys() {
  const t = useT();
  const title = t("revenue.surveys");
  return (
    <Fitted title={title} metrics={surveyMetrics}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const t = useT();
  const { ask } = useView();
  const question = ask({ metrics: surveyMetrics, by });
  const query = useAnswer(question);
  return (
    <Panel
      title={title}
      about={t("revenue.surveys_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={180}>
        {(answer) =>
          answer.groups.length === 0 ? (
            <Empty title={t("revenue.no_surveys")} height={80}>
              {t("revenue.no_surveys_about")}
            </Empty>
          ) : (
            <FigureTable
              id="surveys"
              caption={title}
              answer={answer}
              by={by}
              metrics={surveyMetrics}
            />
          )
        }
      </Answered>
    </Panel>
  );
}
