import { NativeSelect } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { jobsQuery } from "../../api/jobs.ts";
import { sourcesQuery } from "../../api/sources.ts";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { ChooseFiles } from "./choose-files.tsx";
import classes from "./data.module.css";
import { JobCard } from "./job-card.tsx";
import { KnownSources } from "./known-sources.tsx";
import { useSourceNames } from "./source-names.ts";
import type { Uploads } from "./use-uploads.ts";
import { Welcome } from "./welcome.tsx";

/**
 * Where files are dropped, what became of those dropped before, and what is recognised.
 *
 * @param props who sends files
 */
export function FilesPage({ send }: { readonly send: Uploads["send"] }) {
  const { workspace } = useKnown();
  const jobs = useQuery(jobsQuery);
  const list = jobs.data?.jobs ?? [];
  const isEmpty = workspace.freshness.state === "empty";
  return (
    <>
      <DropPlace send={send} />
      {list.map((job, index) => (
        <JobCard key={job.id} job={job} isLatest={index === 0} />
      ))}
      {isEmpty && list.length === 0 ? <Welcome /> : null}
      <KnownSources />
    </>
  );
}

/** Says what may be dropped, with buttons for hands that do not drag. */
function DropPlace({ send }: { readonly send: Uploads["send"] }) {
  const t = useT();
  const { view, set } = useView();
  const sources = useQuery(sourcesQuery);
  const sourceName = useSourceNames();
  const as = typeof view.search.as === "string" ? view.search.as : "";
  return (
    <Panel title={t("data.bring")} about={t("empty.formats")}>
      <div className={classes.dropPlace}>
        <IconFileImport size={36} stroke={1.5} aria-hidden />
        <strong>{t("data.drop")}</strong>
        <span className="muted small">{t("data.drop_about")}</span>
        <div className={classes.buttons}>
          <ChooseFiles onFiles={(files) => send(files)} />
        </div>
        <NativeSelect
          size="xs"
          label={t("data.as")}
          value={as}
          className={classes.as}
          onChange={({ currentTarget }) =>
            set({ as: currentTarget.value === "" ? undefined : currentTarget.value })
          }
        >
          <option value="">{t("data.as_recognised")}</option>
          {sources.data?.known.map(({ id, title }) => (
            <option key={id} value={id}>
              {`${sourceName(id, title)} · ${id}`}
            </option>
          ))}
        </NativeSelect>
      </div>
    </Panel>
  );
}
