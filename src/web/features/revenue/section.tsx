import { type ReactNode, useId } from "react";
import classes from "./revenue.module.css";

/**
 * Several panels or cards under one heading.
 *
 * @param props heading; `isBusy` while newer figures are on their way
 */
export function Section({
  title,
  isBusy = false,
  children,
}: {
  readonly title: string;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} aria-busy={isBusy}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
