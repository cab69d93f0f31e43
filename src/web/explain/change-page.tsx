import { printDelta, printFigure } from "../../figures/print.ts";
import type { ShownExplanation } from "../../server/api.ts";
import { Empty } from "../page/empty.tsx";
import { useTexts } from "../text/texts.tsx";
import { filterOfGroup } from "../view/filters.ts";
import { useKnown } from "../view/known.tsx";
import classes from "./explain.module.css";
import { useExplain } from "./use-explain.ts";

const points = { kind: "previous", value: null, deltaUnit: "pp", betterWhen: "neutral" } as const;

/**
 * Why the figure changed: what each group added, which adds up to the change exactly.
 *
 * @param props the explanation
 */
export function ChangePage({ explanation }: { readonly explanation: ShownExplanation }) {
  const { t, locale } = useTexts();
  const { dimensionName } = useKnown();
  const { target, open } = useExplain();
  const { change, figure } = explanation;
  if (!change) return <Empty title={t("explain.no_change")}>{t("explain.no_change_about")}</Empty>;
  const { unit, currency } = figure;
  const print = (value: string | undefined) =>
    value === undefined
      ? ""
      : printFigure({ value, unit, ...(currency ? { currency } : {}) }, locale);
  // Steps between shares are percentage points.
  const step = (delta: string | undefined) =>
    unit === "percent" && delta !== undefined
      ? printDelta({ unit, comparison: { ...points, delta } }, locale)
      : print(delta);
  const isRatio = change.method === "bennet";
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>{t(isRatio ? "explain.change_ratio" : "explain.change_sum")}</caption>
        <thead>
          <tr>
            <th scope="col">{dimensionName(change.dimension)}</th>
            <th scope="col" className={classes.number}>
              {t("explain.before")}
            </th>
            <th scope="col" className={classes.number}>
              {t("explain.after")}
            </th>
            {isRatio ? (
              <>
                <th scope="col" className={classes.number}>
                  {t("explain.rate")}
                </th>
                <th scope="col" className={classes.number}>
                  {t("explain.mix")}
                </th>
              </>
            ) : null}
            <th scope="col" className={classes.number}>
              {t("explain.adds")}
            </th>
          </tr>
        </thead>
        <tbody>
          {change.contributions.map((one) => (
            <tr key={one.group ?? ""}>
              <th scope="row">
                <button
                  type="button"
                  className={classes.link}
                  onClick={() =>
                    target &&
                    open({
                      ...target,
                      filter: [target.filter, filterOfGroup({ [change.dimension]: one.group })]
                        .filter(Boolean)
                        .join(" and "),
                    })
                  }
                >
                  <bdi>{one.groupText}</bdi>
                </button>
              </th>
              <td className={classes.number}>{one.beforeText}</td>
              <td className={classes.number}>{one.afterText}</td>
              {isRatio ? (
                <>
                  <td className={classes.number}>{step(one.rate)}</td>
                  <td className={classes.number}>{step(one.mix)}</td>
                </>
              ) : null}
              <td className={classes.number}>{one.contributionText}</td>
            </tr>
          ))}
          {/^-?0*(\.0*)?$/.test(change.overlap) ? null : (
            <tr>
              <th scope="row">{t("explain.overlap")}</th>
              <td colSpan={isRatio ? 4 : 2} />
              <td className={classes.number}>{change.overlapText}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("explain.total")}</th>
            <td className={classes.number}>{print(change.before)}</td>
            <td className={classes.number}>{print(change.after)}</td>
            {isRatio ? <td colSpan={2} /> : null}
            <td className={classes.number}>{step(change.change)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
