import type { ShownExplanation } from "../../server/api.ts";
import { instantText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import classes from "./explain.module.css";
import { useExplain } from "./use-explain.ts";

type Input = ShownExplanation["inputs"][number];

/**
 * What the figure is computed from, down to the tables; what was left out; by which calendar and currency.
 *
 * @param props the explanation
 */
export function InputsPage({ explanation }: { readonly explanation: ShownExplanation }) {
  const { t, locale } = useTexts();
  const { inputs, exclusions, settings } = explanation;
  const left = exclusions.filter(({ count }) => count !== "0");
  return (
    <>
      <Inputs inputs={inputs} />
      {left.length > 0 ? (
        <section>
          <h3>{t("explain.left_out")}</h3>
          <ul className={classes.reasons}>
            {left.map(({ measure, code, count, text }) => (
              <li key={`${measure} ${code}`}>
                {t("explain.left_out_line", { count, what: text })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <dl className={classes.facts}>
        <dt>{t("explain.currency")}</dt>
        <dd>{settings.currency}</dd>
        <dt>{t("explain.zone")}</dt>
        <dd>{settings.timeZone}</dd>
        <dt>{t("explain.week")}</dt>
        <dd>{t("explain.week_start", { day: settings.weekStart })}</dd>
        <dt>{t("explain.as_of")}</dt>
        <dd>{instantText(settings.asOf, settings.timeZone, locale)}</dd>
      </dl>
    </>
  );
}

function Inputs({ inputs }: { readonly inputs: readonly Input[] }) {
  return (
    <ul className={classes.tree}>
      {inputs.map((input) => (
        <li key={`${input.id} ${input.variant} ${input.periodsBack}`}>
          <InputLine input={input} />
          {input.inputs.length > 0 ? <Inputs inputs={input.inputs} /> : null}
        </li>
      ))}
    </ul>
  );
}

function InputLine({ input }: { readonly input: Input }) {
  const { t } = useTexts();
  const { target, open } = useExplain();
  const { kind, id, name, variant, periodsBack, text, rows, fact, withNumbers } = input;
  const title = periodsBack > 0 ? t("explain.period_before", { name }) : name;
  const metric = variant ? `${id}@${variant}` : id;
  return (
    <>
      <span className={classes.inputLine}>
        {kind === "metric" && periodsBack === 0 ? (
          <button
            type="button"
            className={classes.link}
            onClick={() => open({ ...target, metric })}
          >
            {title}
          </button>
        ) : (
          <span>{title}</span>
        )}
        <strong className="numbers">{text}</strong>
      </span>
      {withNumbers ? <span className="muted small numbers">{withNumbers}</span> : null}
      {fact ? (
        <span className="muted small">
          {t("explain.from_rows", { rows: rows ?? "0", table: `derived.${fact}` })}
        </span>
      ) : null}
    </>
  );
}
