import { IconChevronRight } from "@tabler/icons-react";
import { Fragment } from "react";
import { useAnswer } from "../../api/answer.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import classes from "./channels.module.css";
import { columnSetNames, columnSets } from "./column-sets.ts";
import { dimensions, into, levelOf, wayTo } from "./levels.ts";

/** Every channel with what it cost and brought; a click goes into its campaigns, and into their assets. */
export function Breakdown() {
  const t = useT();
  const known = useKnown();
  const { view, set, ask } = useView();
  const level = levelOf(view);
  const columns = columnSetNames.find((one) => one === view.search.cols) ?? "result";
  const { fitting: metrics } = useFitting()(columnSets[columns], [level]);
  const question = ask({ metrics, by: [level] });
  const query = useAnswer(question);
  const title = t("channels.breakdown", { dimension: known.dimensionName(level) });
  return (
    <Panel
      title={title}
      about={t("channels.breakdown_about")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          <Choice
            name={t("channels.columns")}
            value={columns}
            shown={t(`channels.columns.${columns}`)}
            options={columnSetNames.map((id) => ({ id, text: t(`channels.columns.${id}`) }))}
            onChoose={(id) => set({ cols: id === "result" ? undefined : id }, { replace: true })}
          />
          <Choice
            name={t("channels.by")}
            value={level}
            shown={known.dimensionName(level)}
            options={dimensions.map((id) => ({ id, text: known.dimensionName(id) }))}
            onChoose={(id) => set({ by: id === "channel" ? undefined : id })}
          />
          <ExportMenu title={title} question={question} />
        </>
      }
    >
      <Way />
      <Answered query={query} height={420}>
        {(answer) =>
          answer.groups.length === 0 ? (
            <Empty title={t("channels.nothing")} height={160}>
              {t("channels.nothing_about")}
            </Empty>
          ) : (
            <FigureTable
              id="channels"
              caption={title}
              answer={answer}
              by={[level]}
              metrics={metrics}
              onRow={({ group }) => set(into(view, level, group[level] ?? null))}
            />
          )
        }
      </Answered>
    </Panel>
  );
}

/** The way back to the channels above. */
function Way() {
  const t = useT();
  const { view, set } = useView();
  const way = wayTo(view);
  if (way.length === 0) return null;
  return (
    <nav className={classes.way} aria-label={t("channels.way")}>
      {way.map(({ level, value, search }, index) => (
        <Fragment key={level + String(value)}>
          {index > 0 ? <IconChevronRight size={14} aria-hidden /> : null}
          <button
            type="button"
            aria-current={index === way.length - 1 ? "page" : undefined}
            onClick={() => set(search)}
          >
            <bdi>{value ?? t("channels.all")}</bdi>
          </button>
        </Fragment>
      ))}
    </nav>
  );
}
