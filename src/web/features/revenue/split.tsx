import { useAnswer } from "../../api/answer.ts";
import { seriesOf } from "../../chart/time-data.ts";
import { Answered } from "../../page/answered.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { Course } from "./course.tsx";
import { Fitted } from "./fitted.tsx";

const parts = ["new_customer_revenue", "repeat_customer_revenue"] as const;
const metrics = ["revenue", ...parts] as const;

/** Revenue of first orders, and of those who come back, on top of each other. */
export function Split() {
  const t = useT();
  const title = t("revenue.split");
  return (
    <Fitted title={title} metrics={metrics}>
      <Asked title={title} />
    </Fitted>
  );
}

function Asked({ title }: { readonly title: string }) {
  const t = useT();
  const { nameOf } = useKnown();
  const { ask } = useView();
  const question = ask({ metrics, grain: "view", compare: "none" });
  const query = useAnswer(question);
  return (
    <Answered query={query} height={360}>
      {(answer) => (
        <Course
          title={title}
          about={t("revenue.split_about")}
          answer={answer}
          question={question}
          series={parts.map((metric) => ({
            ...seriesOf(answer, { metric }, nameOf(metric)),
            form: "area",
          }))}
          isStacked
          isBusy={query.isPlaceholderData}
        />
      )}
    </Answered>
  );
}
