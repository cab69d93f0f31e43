import type { ReactNode } from "react";
import { Unfit } from "../../page/left-out.tsx";
import { useFitting } from "../../view/use-fitting.ts";

/**
 * Shows a panel where the filters of the view fit all of its metrics, and names otherwise those that they do not fit.
 *
 * @param props title, metrics, the panel, which asks for them
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
  const { leftOut } = useFitting()(metrics);
  return leftOut.length === 0 ? children : <Unfit title={title} metrics={leftOut} />;
}
