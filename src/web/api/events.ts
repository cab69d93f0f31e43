import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ServerEvent } from "../../server/api.ts";
import { workspaceQuery } from "./workspace.ts";

/** Queries whose answers depend on rows; the rest of the picture stays as it is. */
const ofRows: ReadonlySet<unknown> = new Set([
  "workspace",
  "answer",
  "attribution",
  "explain",
  "values",
  "warnings",
  "sources",
  "loads",
  "rejects",
  "freshness",
  "mappings",
  "reconcile",
  "locked",
]);

/** Listens to the server and asks again for what has changed; what is shown stays until the new answer is there. */
export function useServerEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stream = new EventSource("/api/events");
    stream.addEventListener("open", () => {
      // Queries tell of their own errors.
      catchUp(client).catch(() => undefined);
    });
    const names: readonly ServerEvent["event"][] = ["changed", "job", "kept"];
    for (const name of names) {
      stream.addEventListener(name, (event) => take(client, name, String(event.data)));
    }
    return () => stream.close();
  }, [client]);
}

/** What happened while nobody listened: before the stream stood, or while it was broken. */
async function catchUp(client: QueryClient): Promise<void> {
  const before = client.getQueryData(workspaceQuery.queryKey)?.ledgerVersion;
  const kept = ["views", "annotations"].map((what) =>
    client.invalidateQueries({ queryKey: [what] }),
  );
  const { ledgerVersion } = await client.fetchQuery({ ...workspaceQuery, staleTime: 0 });
  if (before !== undefined && before !== ledgerVersion) await askRowsAgain(client);
  await Promise.all(kept);
}

function askRowsAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => ofRows.has(queryKey[0]) });
}

function take(client: QueryClient, name: ServerEvent["event"], data: string): void {
  switch (name) {
    case "changed":
      void askRowsAgain(client);
      return;
    case "job":
      void client.invalidateQueries({ queryKey: ["jobs"] });
      return;
    case "kept": {
      const { what } = JSON.parse(data) as { readonly what: string };
      void client.invalidateQueries({ queryKey: [what] });
    }
  }
}
