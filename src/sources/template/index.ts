import type { Source } from "../source.ts";
import { type TemplateRule, template } from "./template.ts";

/** The own templates: one line per ledger table that a file can fill. */
export const templateRules: readonly TemplateRule[] = [
  { table: "events" },
  { table: "stages" },
  { table: "deals", key: ["deal"] },
  { table: "deal_history" },
  { table: "orders", key: ["order", "line_type", "line"], several: true },
  { table: "order_headers", columns: ["total"], key: ["order"] },
  { table: "carts", key: ["cart"] },
  {
    table: "costs",
    key: [
      "from_day",
      "to_day",
      "kind",
      "channel",
      "utm_source",
      "utm_medium",
      "campaign",
      "utm_content",
      "utm_term",
      "tool",
      "automation",
      "asset",
      "country",
      "segment",
      "note",
    ],
    several: true,
  },
  { table: "surveys" },
  { table: "tasks", key: ["task", "from_day", "to_day", "automation"], several: true },
  { table: "assignments" },
  { table: "placements", key: ["tested_on", "provider", "campaign"], several: true },
  { table: "followers", key: ["counted_on", "channel", "kind"] },
  { table: "people", columns: ["email", "created_at"], key: ["person_id", "email", "phone"] },
  { table: "accounts", columns: ["name"], key: ["account"] },
  { table: "associations", key: ["from_kind", "from_id", "to_kind", "to_id"] },
  { table: "campaigns", columns: ["name"], key: ["campaign"] },
  { table: "automations", columns: ["went_live_at"], key: ["automation"] },
  { table: "products", columns: ["title"], key: ["product"] },
  { table: "ad_accounts", columns: ["currency"], key: ["ad_account"] },
  { table: "rates", key: ["day", "currency", "base"] },
];

/** lastpenny's own files, one per ledger table. */
export const templates: readonly Source[] = templateRules.map(template);
