import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { Panel } from "./panel.tsx";

/**
 * Names the figures that cannot be told under the filters of the view.
 *
 * @param props their metrics
 */
export function LeftOut({ metrics }: { readonly metrics: readonly string[] }) {
  const t = useT();
  const { nameOf } = useKnown();
  if (metrics.length === 0) return null;
  const names = metrics.map((one) => nameOf(one)).join(", ");
  return <p className="muted small">{t("page.left_out", { metrics: names })}</p>;
}

/**
 * A part of a screen none of whose figures the filters fit.
 *
 * @param props heading, metrics
 */
export function Unfit({
  title,
  metrics,
}: {
  readonly title: string;
  readonly metrics: readonly string[];
}) {
  return (
    <Panel title={title}>
      <LeftOut metrics={metrics} />
    </Panel>
  );
}
