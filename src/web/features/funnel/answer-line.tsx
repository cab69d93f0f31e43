import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import parts from "../../page/answer.module.css";
import { Answered } from "../../page/answered.tsx";
import { Phrase } from "../../text/phrase.tsx";
import { useT } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";

const metrics = [
  "new_leads",
  "mqls",
  "sqls",
  "new_customers",
  "speed_to_lead@median",
  "followed_up_within_1h_rate",
  "lead_quality_alarm",
  "mql_to_sql_rate",
  "win_rate@closed",
  "revenue_per_sql",
] as const;

/** The answer in sentences, and the alarm where marketing hands over more but sales wins less. */
export function AnswerLine() {
  const { ask } = useView();
  const { fitting } = useFitting()(metrics);
  const query = useAnswer(fitting.length > 0 ? ask({ metrics: fitting }) : null);
  if (fitting.length === 0) return null;
  return (
    <Answered query={query} height={60}>
      {(answer) => (
        <div className={parts.section} aria-busy={query.isPlaceholderData}>
          <Sentences answer={answer} />
          <Alarm answer={answer} />
        </div>
      )}
    </Answered>
  );
}

function linkIn(answer: ShownAnswer, metric: string): ReactNode {
  const figure = figureIn(answer, { metric });
  return figure ? <FigureLink figure={figure} /> : null;
}

const hasValue = (answer: ShownAnswer, metric: string): boolean =>
  figureIn(answer, { metric })?.value != null;

function Sentences({ answer }: { readonly answer: ShownAnswer }) {
  const t = useT();
  if (!hasValue(answer, "new_leads")) return <p className={parts.answer}>{t("funnel.no_leads")}</p>;
  const hasStages = hasValue(answer, "mqls") && hasValue(answer, "sqls");
  return (
    <p className={parts.answer}>
      <Phrase
        text={hasStages ? "funnel.answer" : "funnel.answer_leads"}
        with={{
          leads: linkIn(answer, "new_leads"),
          mqls: linkIn(answer, "mqls"),
          sqls: linkIn(answer, "sqls"),
        }}
      />{" "}
      {hasValue(answer, "speed_to_lead@median") ? (
        <Phrase
          text="funnel.answer_speed"
          with={{
            time: linkIn(answer, "speed_to_lead@median"),
            share: linkIn(answer, "followed_up_within_1h_rate"),
          }}
        />
      ) : null}
    </p>
  );
}

function Alarm({ answer }: { readonly answer: ShownAnswer }) {
  const alarm = figureIn(answer, { metric: "lead_quality_alarm" });
  if (alarm?.value == null || Number(alarm.value) === 0) return null;
  return (
    <p className={parts.alarm}>
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        <Phrase
          text="funnel.alarm"
          with={{
            rate: linkIn(answer, "mql_to_sql_rate"),
            win: linkIn(answer, "win_rate@closed"),
            revenue: linkIn(answer, "revenue_per_sql"),
            alarm: linkIn(answer, "lead_quality_alarm"),
          }}
        />
      </span>
    </p>
  );
}
