import { useAnswer } from "../../api/answer.ts";
import { narrowed } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import type { FigureRow } from "../../table/figure-rows.ts";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { chipsOf, filterOfGroup, withValues } from "../../view/filters.ts";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { searchOfChips, useView } from "../../view/use-view.ts";
import { columns, levels } from "./metrics.ts";
import { useMedium } from "./use-medium.ts";

const limit = 500;

/** Campaigns and automations with their numbers; a name goes on to the messages of one, and to their variants. */
export function Breakdown() {
  const t = useT();
  const { ask, view, set } = useView();
  const { dimensionName } = useKnown();
  const { medium, filter } = useMedium();
  const level = levels.find(({ by }) => by === view.search.by) ?? levels[0];
  const by = [level.by];
  const { fitting, leftOut } = useFitting()(columns[medium.id], by);
  const question = ask({ metrics: fitting, by, filter, limit });
  const query = useAnswer(fitting.length > 0 ? question : null);
  const title = t("messaging.by", {
    medium: t(`messaging.${medium.id}`),
    dimension: dimensionName(level.by),
  });
  const drill = ({ group }: FigureRow) => {
    const value = group[level.by] ?? null;
    const chips =
      value === null
        ? view.chips.concat(chipsOf(filterOfGroup({ [level.by]: null })))
        : withValues(view.chips, level.by, [value]);
    set({ ...searchOfChips(chips), by: level.next ?? level.by, "s.by": undefined });
  };
  return (
    <Panel
      title={title}
      about={t(level.next ? "messaging.by_about" : "messaging.by_last")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          <Choice
            name={t("messaging.by_choice")}
            value={level.by}
            shown={dimensionName(level.by)}
            options={levels.map(({ by: id }) => ({ id, text: dimensionName(id) }))}
            onChoose={(id) => set({ by: id === levels[0].by ? undefined : id })}
          />
          <ExportMenu title={title} question={question} />
        </>
      }
    >
      {fitting.length > 0 ? (
        <Answered query={query} height={420}>
          {(answer) =>
            answer.groups.length === 0 ? (
              <Empty title={t("messaging.by_nothing")} height={120}>
                {t("messaging.none_about")}
              </Empty>
            ) : (
              <FigureTable
                id="by"
                caption={title}
                answer={narrowed(answer, filter)}
                by={by}
                metrics={fitting}
                onRow={drill}
              />
            )
          }
        </Answered>
      ) : null}
      <LeftOut metrics={leftOut} />
    </Panel>
  );
}
