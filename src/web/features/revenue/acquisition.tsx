import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Notes } from "../../page/notices.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useView } from "../../view/use-view.ts";
import { Fitted } from "./fitted.tsx";
import classes from "./revenue.module.css";

const metrics = ["acquisition_cost", "attributed_customers", "cac@attributed", "clv"] as const;
const by = ["channel"] as const;

/** What a new customer costs in each channel, by the credit that the channel earned for winning them. */
export function Acquisition() {
  const t = useT();
  const title = t("revenue.acquisition");
  return (
    <Fitted title={title} metrics={metrics}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const t = useT();
  const { ask } = useView();
  const question = ask({ metrics, by });
  const query = useAnswer(question);
  return (
    <Panel
      title={title}
      about={t("revenue.acquisition_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={360}>
        {(answer) =>
          answer.groups.length === 0 ? (
            <Empty title={t("revenue.no_channels")} height={120}>
              {t("revenue.none_about")}
            </Empty>
          ) : (
            <>
              <FigureTable
                id="acquisition"
                caption={title}
                answer={answer}
                by={by}
                metrics={metrics}
              />
              <div className={classes.below}>
                <Notes notes={answer.notes} />
              </div>
            </>
          )
        }
      </Answered>
    </Panel>
  );
}
