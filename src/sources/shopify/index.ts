import type { Source } from "../source.ts";
import { shopifyOrdersExport } from "./orders-export.ts";
import { shopifyOrderTables } from "./synced-orders.ts";
import { shopifyOtherTables } from "./synced-others.ts";

/** Everything of this vendor that can be recognised. */
export const shopify: readonly Source[] = [
  shopifyOrdersExport,
  ...shopifyOrderTables,
  ...shopifyOtherTables,
];
