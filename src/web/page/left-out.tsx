import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";

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
