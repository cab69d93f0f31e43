import { type ReactNode, useEffect, useRef } from "react";
import { useT } from "../text/texts.tsx";
import classes from "./page.module.css";

/**
 * A screen: its title, the question that it answers, and what is below.
 *
 * @param props title, question, actions at the right
 */
export function Page({
  title,
  question,
  actions,
  children,
}: {
  readonly title: string;
  readonly question: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  useEffect(() => {
    // A new screen is told to people who do not see it; not the first one, which they come to from outside.
    if (isFirst.current && performance.now() < 3000) return;
    isFirst.current = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </h1>
          <p className="muted">{question}</p>
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
