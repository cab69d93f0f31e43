import type { ReactNode } from "react";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureLink } from "../../figure/figure-link.tsx";
import parts from "../../page/answer.module.css";
import { Answered } from "../../page/answered.tsx";
import { Notes } from "../../page/notices.tsx";
import { Phrase } from "../../text/phrase.tsx";
import { useT } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";

const metrics = [
  "emails_delivered",
  "delivery_rate",
  "email_click_rate@human",
  "unsubscribe_rate",
  "spam_complaint_rate",
  "revenue_per_recipient",
] as const;

/** Do messages arrive, get acted on, earn, and annoy few: in sentences. */
export function AnswerLine() {
  const { ask } = useView();
  const { fitting } = useFitting()(metrics);
  const query = useAnswer(fitting.length > 0 ? ask({ metrics: fitting }) : null);
  if (fitting.length === 0) return null;
  return (
    <Answered query={query} height={60}>
      {(answer) => <Sentences answer={answer} />}
    </Answered>
  );
}

function Sentences({ answer }: { readonly answer: ShownAnswer }) {
  const t = useT();
  const figure = (metric: string) => figureIn(answer, { metric });
  const link = (metric: string): ReactNode => {
    const found = figure(metric);
    return found ? <FigureLink figure={found} /> : null;
  };
  if (figure("emails_delivered")?.value == null) {
    return <p className={parts.answer}>{t("messaging.no_email")}</p>;
  }
  return (
    <>
      <p className={parts.answer}>
        <Phrase
          text="messaging.answer"
          with={{
            delivered: link("emails_delivered"),
            arrived: link("delivery_rate"),
            clicked: link("email_click_rate@human"),
            unsubscribed: link("unsubscribe_rate"),
            complained: link("spam_complaint_rate"),
          }}
        />{" "}
        {figure("revenue_per_recipient")?.value == null ? null : (
          <Phrase
            text="messaging.answer_revenue"
            with={{ revenue: link("revenue_per_recipient") }}
          />
        )}
      </p>
      <Notes notes={answer.notes} />
    </>
  );
}
