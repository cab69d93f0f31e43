import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { LeftOut, Unfit } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { alike } from "./metrics.ts";
import { NumberRows } from "./number-rows.tsx";

/** Figures that people call by one name, side by side with what each is divided by. */
export function Alike() {
  const t = useT();
  const { ask } = useView();
  const { fitting, leftOut } = useFitting()([...new Set(alike.flat())]);
  const query = useAnswer(fitting.length > 0 ? ask({ metrics: fitting }) : null);
  const title = t("messaging.alike");
  if (fitting.length === 0) return <Unfit title={title} metrics={leftOut} />;
  return (
    <Panel title={title} about={t("messaging.alike_about")} isBusy={query.isPlaceholderData}>
      <Answered query={query} height={360}>
        {(answer) => <NumberRows caption={title} answer={answer} metrics={fitting} />}
      </Answered>
      <LeftOut metrics={leftOut} />
    </Panel>
  );
}
