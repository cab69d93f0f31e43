import { useQuery } from "@tanstack/react-query";
import type { Automations as Declared, ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { automationsQuery } from "../../api/automations.ts";
import { figureIn } from "../../chart/time-data.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { LeftOut, Unfit } from "../../page/left-out.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { dayText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { valuesOf, withValues } from "../../view/filters.ts";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { FigureValue } from "./figure-value.tsx";
import classes from "./messaging.module.css";
import { earnings } from "./metrics.ts";

const by = ["automation"] as const;

/** Automations: since when each runs, what it sends, earns, saves and costs. */
export function Automations() {
  const { t } = useTexts();
  const { ask } = useView();
  const { fitting, leftOut } = useFitting()(earnings, by);
  const question = ask({ metrics: fitting, by });
  const query = useAnswer(fitting.length > 0 ? question : null);
  const declared = useQuery(automationsQuery);
  const title = t("messaging.automations");
  if (fitting.length === 0) return <Unfit title={title} metrics={leftOut} />;
  return (
    <Panel
      title={title}
      about={t("messaging.automations_about")}
      isBusy={query.isPlaceholderData}
      actions={<ExportMenu title={title} question={question} />}
    >
      <Answered query={query} height={240}>
        {(answer) => (
          <Rows answer={answer} declared={declared.data?.automations ?? []} metrics={fitting} />
        )}
      </Answered>
      <LeftOut metrics={leftOut} />
    </Panel>
  );
}

function Rows({
  answer,
  declared,
  metrics,
}: {
  readonly answer: ShownAnswer;
  readonly declared: Declared["automations"];
  readonly metrics: readonly string[];
}) {
  const { t, locale } = useTexts();
  const { nameOf, dimensionName } = useKnown();
  const { view, setChips } = useView();
  const kept = valuesOf(view.chips, "automation");
  const active = answer.groups.flatMap(({ automation }) =>
    automation == null ? [] : [automation],
  );
  const names = [...new Set([...active, ...declared.map(({ automation }) => automation)])].filter(
    (name) => kept.length === 0 || kept.includes(name),
  );
  if (names.length === 0) {
    return (
      <Empty title={t("messaging.no_automations")} height={100}>
        {t("messaging.no_automations_about")}
      </Empty>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <div className={classes.scroll} tabIndex={0}>
      <table className={classes.table}>
        <caption className="unseen">{t("messaging.automations")}</caption>
        <thead>
          <tr>
            <th scope="col">{dimensionName("automation")}</th>
            <th scope="col">{t("messaging.live")}</th>
            {metrics.map((metric) => (
              <th key={metric} scope="col" className={classes.number}>
                {nameOf(metric)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const known = declared.find(({ automation }) => automation === name);
            return (
              <tr key={name}>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.name}
                    title={t("table.filter", { value: name })}
                    onClick={() => setChips(withValues(view.chips, "automation", [name]))}
                  >
                    <bdi>{known?.name ?? name}</bdi>
                  </button>
                </th>
                <td className={classes.live}>
                  {known?.wentLive ? dayText(known.wentLive, locale) : t("messaging.live_unknown")}
                  {known?.stopped ? (
                    <span className="muted small">
                      {t("messaging.stopped", { day: dayText(known.stopped, locale) })}
                    </span>
                  ) : null}
                </td>
                {metrics.map((metric) => (
                  <td key={metric} className={classes.number}>
                    <FigureValue
                      figure={figureIn(answer, { metric, group: { automation: name } })}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
