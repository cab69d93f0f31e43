import { useQuery } from "@tanstack/react-query";
import { sourcesQuery } from "../../api/sources.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import { Freshness } from "./freshness.tsx";
import { Loads } from "./loads.tsx";
import { UsedSources } from "./used-sources.tsx";

/** Where rows come from, how fresh they are, and every load with its receipt. */
export function SourcesPage() {
  const t = useT();
  const query = useQuery(sourcesQuery);
  return (
    <Answered query={query} height={480}>
      {({ used }) =>
        used.length === 0 ? (
          <Panel title={t("data.tab.sources")}>
            <Empty title={t("data.sources_none")}>{t("data.sources_none_about")}</Empty>
          </Panel>
        ) : (
          <>
            <Freshness />
            <UsedSources used={used} />
            <Loads />
          </>
        )
      }
    </Answered>
  );
}
