import { IconCheck } from "@tabler/icons-react";
import { printFigure } from "../../figures/print.ts";
import type { Locale } from "../../locales/translate.ts";
import type { ShownExplanation } from "../../server/api.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import classes from "./explain.module.css";
import { Maths } from "./maths.tsx";
import { useExplain } from "./use-explain.ts";

/**
 * How the figure is computed: in words, with the numbers, and by which other definitions it could be.
 *
 * @param props the explanation
 */
export function FormulaPage({ explanation }: { readonly explanation: ShownExplanation }) {
  const { t, locale } = useTexts();
  const { metric } = useKnown();
  const { figure, formula, variants } = explanation;
  const known = metric(figure.metric);
  return (
    <>
      <Maths mathml={formula.maths} words={formula.words} />
      <p className={classes.formula}>{formula.words}</p>
      <p className={`${classes.formula} numbers`}>
        {printedNumbers(formula.withNumbers, locale)} = <strong>{figure.text}</strong>
      </p>
      {known ? (
        <dl className={classes.facts}>
          <dt>{t("explain.low")}</dt>
          <dd>{known.low}</dd>
          <dt>{t("explain.high")}</dt>
          <dd>{known.high}</dd>
          <dt>{t("explain.act")}</dt>
          <dd>{known.act}</dd>
          <dt>{t("explain.good")}</dt>
          <dd>{t(`explain.good_${known.good}`)}</dd>
        </dl>
      ) : null}
      {variants.length > 1 ? <Variants explanation={explanation} /> : null}
      <p className="muted small">{t("explain.version", { version: figure.definitionVersion })}</p>
    </>
  );
}

/** The definitions beside each other with their values; a click explains another. */
function Variants({ explanation }: { readonly explanation: ShownExplanation }) {
  const { t } = useTexts();
  const { target, open } = useExplain();
  const { figure, variants } = explanation;
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>{t("explain.variants")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("explain.definition")}</th>
            <th scope="col">{t("explain.formula")}</th>
            <th scope="col" className={classes.number}>
              {t("explain.value")}
            </th>
          </tr>
        </thead>
        <tbody>
          {variants.map(({ id, name, formula, text, isAsked }) => (
            <tr key={id} data-asked={isAsked}>
              <th scope="row">
                {isAsked ? (
                  <>
                    <IconCheck size={14} aria-hidden /> {name}
                  </>
                ) : (
                  <button
                    type="button"
                    className={classes.link}
                    onClick={() => open({ ...target, metric: `${figure.metric}@${id}` })}
                  >
                    {name}
                  </button>
                )}
              </th>
              <td>
                <code>{formula}</code>
              </td>
              <td className={classes.number}>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Prints the numbers of a formula as cards print them. */
function printedNumbers(formula: string, locale: Locale): string {
  return formula.replaceAll(/\d+(?:\.\d+)?/g, (value) =>
    printFigure({ value, unit: "count" }, locale),
  );
}
