import type { ErrorComponentProps } from "@tanstack/react-router";
import classes from "./page.module.css";
import { ProblemMessage } from "./problem.tsx";

/**
 * What stands in place of a screen that failed.
 *
 * @param props the error and how to try again
 */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  return (
    <div className={classes.page}>
      <ProblemMessage error={error} onRetry={reset} />
    </div>
  );
}
