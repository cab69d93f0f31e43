import type { ShownAnswer } from "../../../server/api.ts";
import { figureIn } from "../../chart/time-data.ts";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { FigureValue } from "./figure-value.tsx";
import classes from "./messaging.module.css";

/**
 * A row per figure: name with its variant, value, change, and how it is defined.
 *
 * @param props the figures in order
 */
export function NumberRows({
  caption,
  answer,
  metrics,
}: {
  readonly caption: string;
  readonly answer: ShownAnswer;
  readonly metrics: readonly string[];
}) {
  const t = useT();
  const { nameOf, metric: known } = useKnown();
  const wordsOf = (reference: string) => {
    const [id = "", named] = reference.split("@");
    const variants = known(id)?.variants ?? [];
    const words = (variants.find((one) => one.id === named) ?? variants[0])?.words ?? "";
    return words === nameOf(id) ? (known(id)?.meaning ?? "") : words;
  };
  return (
    <table className={`${classes.table} ${classes.lined}`}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("messaging.figure")}</th>
          <th scope="col" className={classes.number}>
            {t("messaging.value")}
          </th>
          <th scope="col" className={classes.words}>
            {t("messaging.definition")}
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <tr key={metric}>
            <th scope="row">
              {nameOf(metric)}
              <span className={classes.below}>{wordsOf(metric)}</span>
            </th>
            <td className={classes.number}>
              <FigureValue figure={figureIn(answer, { metric })} />
            </td>
            <td className={classes.words}>{wordsOf(metric)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
