import type { ReactNode } from "react";
import classes from "./page.module.css";

/**
 * Says why there is nothing to show, and what to do about it.
 *
 * @param props title, a sentence, an action; `height` of the content that is missing
 */
export function Empty({
  title,
  children,
  action,
  height,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly height?: number;
}) {
  return (
    <div className={classes.message} style={{ minHeight: height }}>
      <strong>{title}</strong>
      {children ? <span>{children}</span> : null}
      {action}
    </div>
  );
}
