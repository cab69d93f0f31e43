import { type ReactNode, useId, useState } from "react";
import classes from "./page.module.css";
import { type ShownTables, ShownTablesContext } from "./shown-rows.ts";

/**
 * A part of a screen with a heading.
 *
 * @param props title, a sentence below it, actions at the right; `isBusy` while a newer content is on its way
 */
export function Panel({
  title,
  about,
  actions,
  isBusy = false,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  const [tables] = useState<ShownTables>(() => new Map());
  return (
    <ShownTablesContext value={tables}>
      <section className={classes.panel} aria-labelledby={id} aria-busy={isBusy}>
        <header className={classes.panelHead}>
          <div>
            <h2 id={id}>{title}</h2>
            {about ? <p className="muted small">{about}</p> : null}
          </div>
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </header>
        <div className={classes.panelBody}>{children}</div>
      </section>
    </ShownTablesContext>
  );
}
