import { Button } from "@mantine/core";
import { IconCircleCheck, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import type { ShownLocked, ShownMetric } from "../../../server/api.ts";
import { useExplain } from "../../explain/use-explain.ts";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import classes from "./data.module.css";
import { topicOf } from "./topics.ts";

interface MetricItemProps {
  readonly metric: ShownMetric;
  readonly locked: ShownLocked["locked"][number] | undefined;
}

/**
 * A metric: its name, whether it can be computed, and on demand its definition in full.
 *
 * @param props the metric, and what it waits for
 */
export function MetricItem({ metric, locked }: MetricItemProps) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const Icon = locked ? IconLock : IconCircleCheck;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className={classes.metric}>
          <Icon size={16} aria-hidden className={classes.lock} data-locked={locked !== undefined} />
          <strong>{metric.name}</strong>
          <span className="muted small">
            {metric.familyName} · {metric.unitName}
            {locked ? ` · ${t("data.locked")}` : ""}
          </span>
        </summary>
        {isOpen ? <Definition metric={metric} locked={locked} /> : null}
      </details>
    </li>
  );
}

function Definition({ metric, locked }: MetricItemProps) {
  const t = useT();
  const { open } = useExplain();
  const { dimensionName } = useKnown();
  const { id, meaning, variants, synonyms, name, dimensions, low, high, act } = metric;
  const others = synonyms.filter((one) => one !== name);
  const topics = [...new Set((locked?.inputs ?? []).map(topicOf))];
  return (
    <div className={classes.definition}>
      <p>{meaning}</p>
      {topics.length > 0 ? (
        <p className={classes.warned}>
          {t("data.needs", { what: topics.map((topic) => t(`data.topic.${topic}`)).join("; ") })}
        </p>
      ) : null}
      <dl className={classes.cells}>
        {variants.map((variant) => (
          <div key={variant.id}>
            <dt>
              {variants.length > 1 ? variant.name : t("data.formula")}{" "}
              <code className={classes.field}>{`${id}@${variant.id}`}</code>
            </dt>
            <dd>{variant.words}</dd>
          </div>
        ))}
        <Line name={t("data.low")} text={low} />
        <Line name={t("data.high")} text={high} />
        <Line name={t("data.act")} text={act} />
        <Line name={t("data.splits")} text={dimensions.map(dimensionName).join(", ")} />
        <Line name={t("data.also")} text={others.join(", ")} />
      </dl>
      {locked ? null : (
        <Button
          size="xs"
          variant="default"
          data-explain={id}
          onClick={() => open({ metric: `${id}@${variants[0]?.id ?? "default"}` })}
        >
          {t("data.explain", { metric: name })}
        </Button>
      )}
    </div>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string }) {
  return text === "" ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}
