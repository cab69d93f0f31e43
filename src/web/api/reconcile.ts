import { queryOptions } from "@tanstack/react-query";
import type { ShownReconciliation } from "../../server/api.ts";
import { request } from "./request.ts";

/** The proof of the books: what was compared, and what does not tie. */
export const reconcileQuery = queryOptions({
  queryKey: ["reconcile"],
  queryFn: ({ signal }) => request<ShownReconciliation>("/api/reconcile", { signal }),
});
