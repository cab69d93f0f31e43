import type { ShownLocked } from "../../../server/api.ts";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { type Topic, topicOf, topics } from "./topics.ts";

/**
 * Returns which metrics one more kind of data would unlock, and which need several.
 *
 * @param locked metrics that cannot be computed
 */
export function unlockedBy({ locked }: Pick<ShownLocked, "locked">): {
  readonly single: readonly { readonly topic: Topic; readonly names: readonly string[] }[];
  readonly several: readonly string[];
} {
  const needs = locked.map(({ name, inputs }) => ({
    name,
    needed: new Set(inputs.map(topicOf)),
  }));
  const single = topics.flatMap((topic) => {
    const names = needs
      .filter(({ needed }) => needed.size === 1 && needed.has(topic))
      .map(({ name }) => name);
    return names.length > 0 ? [{ topic, names }] : [];
  });
  return {
    single: single.toSorted((a, b) => b.names.length - a.names.length),
    several: needs.filter(({ needed }) => needed.size !== 1).map(({ name }) => name),
  };
}

/**
 * What more data would add, the kind that unlocks most first.
 *
 * @param props metrics that cannot be computed
 */
export function Unlocks({ locked }: { readonly locked: ShownLocked }) {
  const t = useT();
  const { single, several } = unlockedBy(locked);
  const lines = [
    ...single.map(({ topic, names }) => ({ what: t(`data.topic.${topic}`), names })),
    ...(several.length > 0 ? [{ what: t("data.several"), names: several }] : []),
  ];
  return (
    <Panel title={t("data.unlock")} about={t("data.unlock_about")}>
      <dl className={classes.cells}>
        {lines.map(({ what, names }) => (
          <div key={what}>
            <dt>
              {what} <span className={classes.count}>+{names.length}</span>
            </dt>
            <dd>{names.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
