import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ServerEvent } from "../../server/api.ts";

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
    const names: readonly ServerEvent["event"][] = ["changed", "job", "kept"];
    for (const name of names) {
      stream.addEventListener(name, (event) => take(client, name, String(event.data)));
    }
    return () => stream.close();
  }, [client]);
}

function take(client: QueryClient, name: ServerEvent["event"], data: string): void {
  switch (name) {
    case "changed":
      void client.invalidateQueries({ predicate: ({ queryKey }) => ofRows.has(queryKey[0]) });
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
