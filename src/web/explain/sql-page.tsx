import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ShownExplanation } from "../../server/api.ts";
import { useT } from "../text/texts.tsx";
import classes from "./explain.module.css";

/**
 * The statements as they ran, with the values written in.
 *
 * @param props the explanation
 */
export function SqlPage({ explanation }: { readonly explanation: ShownExplanation }) {
  return explanation.statements.map((statement) => (
    <Statement key={statement.sql} statement={statement} />
  ));
}

function Statement({ statement }: { readonly statement: ShownExplanation["statements"][number] }) {
  const t = useT();
  const clipboard = useClipboard();
  const { measures, sql, milliseconds } = statement;
  return (
    <section className={classes.rows}>
      <header className={classes.inputLine}>
        <span className="muted small">
          {t("explain.ran", {
            measures: measures.join(", "),
            milliseconds: Math.round(milliseconds),
          })}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => clipboard.copy(sql)}
        >
          {t(clipboard.copied ? "explain.copied" : "explain.copy")}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <pre className={classes.sql} tabIndex={0}>
        <code>{sql}</code>
      </pre>
    </section>
  );
}
