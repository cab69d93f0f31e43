import { IconCircleCheck, IconCircleX, IconLoader } from "@tabler/icons-react";
import { useState } from "react";
import type { Job } from "../../../server/api.ts";
import pageClasses from "../../page/page.module.css";
import { instantText } from "../../text/dates.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import classes from "./data.module.css";
import { OutcomeTable } from "./outcome-table.tsx";
import { Proposals } from "./proposals.tsx";
import { countText } from "./words.ts";

const icons = {
  waiting: IconLoader,
  running: IconLoader,
  done: IconCircleCheck,
  failed: IconCircleX,
} as const;

/**
 * An import or a replay: how far it is, and in the end its receipt, file by file.
 *
 * @param props the job; the latest is open
 */
export function JobCard({ job, isLatest }: { readonly job: Job; readonly isLatest: boolean }) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { kind, state, startedAt, outcomes, files } = job;
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const Icon = icons[state];
  const isAtWork = state === "waiting" || state === "running";
  const count = Math.max(files.length, outcomes.length);
  const isShown = isOpen ?? (isLatest || isAtWork);
  return (
    <details
      className={pageClasses.panel}
      open={isShown}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      aria-busy={isAtWork}
      data-job={state}
    >
      <summary className={classes.jobHead}>
        <Icon size={18} aria-hidden className={classes.jobIcon} data-state={state} />
        <h2>{t(kind === "replay" ? "data.job.replay" : "data.job.import", { count })}</h2>
        <span className="muted small">
          {t(`data.job.${state}`)} · {instantText(startedAt, workspace.timeZone, locale)}
        </span>
      </summary>
      <div className={pageClasses.panelBody}>
        {isAtWork ? <Progress job={job} /> : <Receipt job={job} />}
        {job.error ? (
          <p role="alert" className={classes.bad}>
            {job.error.detail} ({job.error.code})
          </p>
        ) : null}
        {outcomes.length > 0 ? <OutcomeTable job={job} /> : null}
        <Proposals outcomes={outcomes} />
      </div>
    </details>
  );
}

/** What is being done right now. */
function Progress({ job: { progress } }: { readonly job: Job }) {
  const { t, locale } = useTexts();
  if (!progress)
    return <progress className={classes.progress} aria-label={t("data.job.waiting")} />;
  const { step, what, done, of, rows } = progress;
  const told = t(`data.step.${step}`, { what });
  return (
    <div>
      <div className={classes.progressLine}>
        <progress
          className={classes.progress}
          aria-label={told}
          {...(of === null ? {} : { max: of, value: done })}
        />
      </div>
      <p className="small muted" role="status">
        {told}
        {rows === null ? "" : ` · ${t("table.rows", { count: rows })}`}
        {of === null ? "" : ` · ${countText(done, locale)} / ${countText(of, locale)}`}
      </p>
    </div>
  );
}

/** Read = taken + repeated + rejected. */
function Receipt({ job: { totals, left } }: { readonly job: Job }) {
  const { t, locale } = useTexts();
  const parts = ["taken", "repeated", "rejected"] as const;
  return (
    <>
      <p className={classes.equation} data-receipt>
        <Count name={t("data.read")} count={countText(totals.read, locale)} />
        {parts.map((part, index) => (
          <span key={part} className={classes.term}>
            <span aria-hidden>{index === 0 ? "=" : "+"}</span>
            <Count name={t(`data.${part}`)} count={countText(totals[part], locale)} />
          </span>
        ))}
      </p>
      {left.map(({ source, file, rows, reason }) => (
        <p key={`${source} ${file}`} className="small">
          {t(reason === "needs_file" ? "data.left.needs_file" : "data.left.source_unknown", {
            count: rows,
            file,
          })}
        </p>
      ))}
    </>
  );
}

function Count({ name, count }: { readonly name: string; readonly count: string }) {
  return (
    <span className={classes.countOf}>
      <strong className="numbers">{count}</strong>
      <span className="muted small">{name}</span>
    </span>
  );
}
