import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { compareExact, parseExact } from "../../../ledger/exact.ts";
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

const metrics = ["revenue", "repeat_customer_revenue_share", "cac", "clv", "clv_to_cac"] as const;

/** The answer in sentences, and the alarm where customers bring less than they cost to win. */
export function AnswerLine() {
  const { fitting } = useFitting()(metrics);
  return fitting.length > 0 ? <Answer metrics={fitting} /> : null;
}

function Answer({ metrics: asked }: { readonly metrics: readonly string[] }) {
  const { ask } = useView();
  const query = useAnswer(ask({ metrics: asked }));
  return (
    <Answered query={query} height={60}>
      {(answer) => (
        <div className={parts.section} aria-busy={query.isPlaceholderData}>
          <Sentences answer={answer} />
          <Alarm answer={answer} />
          <Notes notes={answer.notes} />
        </div>
      )}
    </Answered>
  );
}

const valueIn = (answer: ShownAnswer, metric: string) => figureIn(answer, { metric })?.value;

function linkIn(answer: ShownAnswer, metric: string): ReactNode {
  const figure = figureIn(answer, { metric });
  return figure ? <FigureLink figure={figure} /> : null;
}

function Sentences({ answer }: { readonly answer: ShownAnswer }) {
  const t = useT();
  if (valueIn(answer, "revenue") == null) {
    return (
      <p className={parts.answer}>
        {t("revenue.none")} {t("revenue.none_about")}
      </p>
    );
  }
  const hasShare = valueIn(answer, "repeat_customer_revenue_share") != null;
  return (
    <p className={parts.answer}>
      <Phrase
        text={hasShare ? "revenue.answer" : "overview.revenue"}
        with={{
          revenue: linkIn(answer, "revenue"),
          share: linkIn(answer, "repeat_customer_revenue_share"),
        }}
      />{" "}
      {valueIn(answer, "clv_to_cac") == null ? null : (
        <Phrase
          text="revenue.answer_worth"
          with={{ cac: linkIn(answer, "cac"), clv: linkIn(answer, "clv") }}
        />
      )}
    </p>
  );
}

function Alarm({ answer }: { readonly answer: ShownAnswer }) {
  const ratio = figureIn(answer, { metric: "clv_to_cac" });
  if (ratio?.value == null || ratio.state === "too_few") return null;
  if (compareExact(parseExact(ratio.value), parseExact("1")) >= 0) return null;
  return (
    <p className={parts.alarm}>
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        <Phrase text="revenue.alarm" with={{ ratio: <FigureLink figure={ratio} /> }} />
      </span>
    </p>
  );
}
