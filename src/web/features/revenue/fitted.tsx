import type { ReactNode } from "react";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import { fitting } from "../../view/fitting.ts";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";

/**
 * Shows a panel where the filter of the view can narrow its metrics, and says otherwise why it cannot.
 *
 * @param props title, metrics, the panel
 */
export function Fitted({
  title,
  metrics,
  children,
}: {
  readonly title: string;
  readonly metrics: readonly string[];
  readonly children: ReactNode;
}) {
  const t = useT();
  const known = useKnown();
  const { view } = useView();
  const { unfit } = fitting(metrics, view.filter, known);
  if (unfit.length === 0) return children;
  const lacks = [...new Set(unfit.flatMap((one) => one.lacks))];
  return (
    <Panel title={title}>
      <Empty
        title={t("figure.unfit", { dimensions: lacks.map(known.dimensionName).join(", ") })}
        height={80}
      />
    </Panel>
  );
}
