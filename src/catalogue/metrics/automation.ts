import type { Metric } from "../metric.ts";

const family = "automation";
const money = { family, version: 1, unit: "money", good: "up" } as const;

/** The value of automation itself: what it costs, and the work that it takes over. */
export const automationMetrics = [
  {
    family,
    version: 1,
    unit: "hours",
    good: "up",
    id: "hours_saved",
    variants: [{ id: "default", formula: "minutes_saved / 60" }],
    marks: ["S1"],
    caveats: ["declared"],
  },
  {
    ...money,
    id: "staff_cost_saved",
    variants: [{ id: "default", formula: "staff_cost_saved" }],
    marks: ["S1"],
    caveats: ["declared", "hourly_cost_missing"],
  },
  {
    family,
    version: 1,
    unit: "fte",
    good: "up",
    id: "fte_freed",
    variants: [{ id: "default", formula: "hours_saved / (fte_hours() * months())" }],
    marks: ["S1"],
    caveats: ["declared"],
  },
  {
    ...money,
    good: "down",
    id: "automation_cost",
    variants: [
      { id: "default", formula: "automation_cost" },
      { id: "set_up", formula: "automation_set_up_cost" },
      { id: "running", formula: "automation_running_cost" },
    ],
    marks: ["S0", "S4"],
    caveats: ["costs_missing"],
  },
  {
    ...money,
    id: "automation_net_saving",
    variants: [{ id: "default", formula: "staff_cost_saved - automation_cost" }],
    caveats: ["costs_missing", "declared", "hourly_cost_missing"],
  },
  {
    family,
    version: 1,
    unit: "percent",
    good: "up",
    id: "automation_saving_return",
    variants: [
      { id: "default", formula: "(staff_cost_saved - automation_cost) / automation_cost" },
    ],
    caveats: ["costs_missing", "declared", "hourly_cost_missing"],
  },
  {
    family,
    version: 1,
    unit: "months",
    good: "down",
    id: "payback_period",
    variants: [{ id: "saved_time", formula: "automation_payback_days * 12 / 365.25" }],
    marks: ["S0"],
    caveats: ["declared", "saved_time_only"],
  },
  {
    ...money,
    id: "npv",
    variants: [{ id: "saved_time", formula: "automation_discounted_saving" }],
    marks: ["S0"],
    caveats: ["declared", "saved_time_only"],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "up",
    id: "task_runs",
    variants: [{ id: "default", formula: "task_runs" }],
  },
  {
    family,
    version: 1,
    unit: "percent",
    good: "down",
    id: "task_failure_rate",
    variants: [{ id: "default", formula: "task_failures / (task_runs + task_failures)" }],
  },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "tool_efficiency",
    variants: [{ id: "default", formula: "attributed_revenue / cost" }],
    marks: ["S0", "S2"],
    caveats: ["costs_missing", "not_caused"],
  },
] as const satisfies readonly Metric[];
