import { Button } from "@mantine/core";
import { isProblem } from "../api/request.ts";
import { useT } from "../text/texts.tsx";
import classes from "./page.module.css";

/**
 * An error where something should have been: what happened, the number to report it with, another try. The rest of the
 * screen stays alive.
 *
 * @param props the error, the height that the content has, and how to try again
 */
export function ProblemMessage({
  error,
  height,
  onRetry,
}: {
  readonly error: unknown;
  readonly height?: number;
  readonly onRetry?: () => void;
}) {
  const t = useT();
  const problem = isProblem(error) ? error.problem : null;
  const detail = problem?.detail ?? (error instanceof Error ? error.message : String(error));
  return (
    <div className={classes.message} data-tone="bad" role="alert" style={{ minHeight: height }}>
      <strong>{t(problem ? "problem.title" : "problem.offline")}</strong>
      <span>{detail}</span>
      {problem ? (
        <span className="small">
          {t("problem.id", { code: problem.code, id: problem.requestId })}
        </span>
      ) : null}
      {onRetry ? (
        <Button variant="default" size="xs" onClick={onRetry}>
          {t("problem.retry")}
        </Button>
      ) : null}
    </div>
  );
}
