import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { figureIn } from "../../chart/time-data.ts";
import { narrowed } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut, Unfit } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useT } from "../../text/texts.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { media } from "./metrics.ts";
import { NumberRows } from "./number-rows.tsx";
import { useMedium } from "./use-medium.ts";

/** Plain numbers of a medium, each with its definition: what was sent, what arrived, what was done with it. */
export function Numbers() {
  const t = useT();
  const { ask } = useView();
  const { medium, setMedium, filter } = useMedium();
  const { fitting, leftOut } = useFitting()(medium.numbers);
  const question = ask({ metrics: fitting, filter });
  const query = useAnswer(fitting.length > 0 ? question : null);
  const title = t(`messaging.numbers_${medium.id}`);
  if (fitting.length === 0) return <Unfit title={title} metrics={leftOut} />;
  return (
    <Panel
      title={title}
      about={t("messaging.numbers_about")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          <Choice
            name={t("messaging.medium")}
            value={medium.id}
            shown={t(`messaging.${medium.id}`)}
            options={media.map(({ id }) => ({ id, text: t(`messaging.${id}`) }))}
            onChoose={setMedium}
          />
          <ExportMenu title={title} question={question} />
        </>
      }
    >
      <Answered query={query} height={720}>
        {(answer) =>
          isUnknown(answer, fitting) ? (
            <Empty
              title={t("messaging.none", { medium: t(`messaging.${medium.id}`) })}
              height={120}
            >
              {t("messaging.none_about")}
            </Empty>
          ) : (
            <>
              <NumberRows caption={title} answer={narrowed(answer, filter)} metrics={fitting} />
              <LeftOut metrics={leftOut} />
            </>
          )
        }
      </Answered>
    </Panel>
  );
}

/** Nothing of the medium itself is known; revenue is known of every channel. */
function isUnknown(answer: ShownAnswer, metrics: readonly string[]): boolean {
  const [first = ""] = metrics;
  const figure = figureIn(answer, { metric: first });
  return figure === undefined || figure.state === "no_data";
}
