import type { ShownExplanation } from "../../server/api.ts";
import { Delta } from "../figure/delta.tsx";
import { Mark } from "../figure/mark.tsx";
import { useT } from "../text/texts.tsx";
import classes from "./explain.module.css";

/**
 * The figure itself at the top of its explanation, with everything that has to be known about it.
 *
 * @param props the explanation
 */
export function Summary({ explanation }: { readonly explanation: ShownExplanation }) {
  const t = useT();
  const { figure, meaning } = explanation;
  return (
    <header className={classes.summary}>
      <p className={classes.line}>
        <strong className={classes.value}>{figure.text}</strong>
        <Delta figure={figure} />
        {figure.comparison && figure.comparison.value !== null ? (
          <span className="muted numbers">
            {t("figure.before", { value: figure.comparison.text })}
          </span>
        ) : null}
        <Mark figure={figure} />
      </p>
      <p>{meaning}</p>
      {figure.reasons.length > 0 ? (
        <ul className={classes.reasons}>
          {figure.reasons.map(({ code, text }) => (
            <li key={`${code} ${text}`}>{text}</li>
          ))}
        </ul>
      ) : null}
    </header>
  );
}
