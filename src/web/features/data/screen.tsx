import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { mappingsQuery } from "../../api/mappings.ts";
import { Page } from "../../page/page.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { ChooseFiles } from "./choose-files.tsx";
import classes from "./data.module.css";
import { DropLayer } from "./drop-layer.tsx";
import { FilesPage } from "./files-page.tsx";
import { MappingsPage } from "./mappings-page.tsx";
import { MetricsPage } from "./metrics-page.tsx";
import { ProofPage } from "./proof-page.tsx";
import { RejectsPage } from "./rejects-page.tsx";
import { SettingsPage } from "./settings-page.tsx";
import { SourcesPage } from "./sources-page.tsx";
import { type DataTab, dataTabs, useDataTab } from "./tabs.ts";
import { UploadList } from "./upload-list.tsx";
import { type Uploads, useUploads } from "./use-uploads.ts";
import { countText } from "./words.ts";

/** Can the figures be trusted today: what was read, what is missing, what does not add up? */
export function Screen() {
  const { t } = useTexts();
  const { workspace } = useKnown();
  const { tab, open } = useDataTab();
  const uploads = useUploads();
  const isEmpty = workspace.freshness.state === "empty";
  const { view } = useView();
  const as = typeof view.search.as === "string" ? view.search.as : undefined;
  const send: Uploads["send"] = (files) => {
    uploads.send(files, as);
    if (tab !== "files") open("files");
  };
  return (
    <Page
      title={t("nav.data")}
      question={t(isEmpty ? "data.question_empty" : "data.question")}
      actions={tab === "files" ? null : <ChooseFiles onFiles={send} />}
    >
      <DropLayer onFiles={send} />
      <UploadList uploads={uploads} />
      <Tabs
        value={tab}
        onChange={(next) => open(dataTabs.find((one) => one === next) ?? "files")}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs} aria-label={t("data.pages")}>
          {dataTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`data.tab.${one}`)}
              <Waiting tab={one} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.page}>
          <Shown tab={tab} send={send} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** How much waits for a person on a page. */
function Waiting({ tab }: { readonly tab: DataTab }) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const mappings = useQuery(mappingsQuery);
  const proposed = mappings.data?.own.filter(({ isProposed }) => isProposed).length ?? 0;
  const counts: Partial<Record<DataTab, number>> = {
    rejects: workspace.freshness.openRejects,
    mappings: proposed,
  };
  const count = counts[tab] ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.count} title={t("data.waits", { count })}>
      {countText(count, locale)}
    </span>
  );
}

function Shown({ tab, send }: { readonly tab: DataTab; readonly send: Uploads["send"] }) {
  switch (tab) {
    case "sources":
      return <SourcesPage />;
    case "rejects":
      return <RejectsPage />;
    case "mappings":
      return <MappingsPage />;
    case "metrics":
      return <MetricsPage />;
    case "proof":
      return <ProofPage />;
    case "settings":
      return <SettingsPage />;
    default:
      return <FilesPage send={send} />;
  }
}
