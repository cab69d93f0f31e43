import { automationDays } from "../../derive/automation-days.ts";
import { costDays } from "../../derive/cost-days.ts";
import { taskDays } from "../../derive/task-days.ts";
import { over } from "../over.ts";

const excluded = [{ code: "excluded", where: { column: "excluded", isNull: false } }] as const;
const automationCost = { column: "cost_kind", inSetting: "automation_costs" } as const;

/** What automation costs and what work it takes over. */
export const automationMeasures = [
  ...over(taskDays, {
    task_runs: { aggregate: { op: "sum", column: "runs" }, unit: "count" },
    task_failures: { aggregate: { op: "sum", column: "failures" }, unit: "count" },
    minutes_saved: { aggregate: { op: "sum", column: "minutes_saved" }, unit: "minutes" },
    staff_cost_saved: {
      aggregate: { op: "sum", column: "staff_cost_saved" },
      unit: "money",
      leavesOut: [
        { code: "hourly_cost_missing", where: { column: "staff_cost_saved", isNull: true } },
      ],
    },
  }),
  ...over(automationDays, {
    automation_payback_days: {
      aggregate: { op: "last", column: "paid_back_days" },
      unit: "number",
      withoutValue: "not_reached",
    },
    automation_discounted_saving: {
      aggregate: { op: "last", column: "discounted_to_date" },
      unit: "money",
    },
  }),
  ...over(costDays, {
    automation_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: automationCost,
      unit: "money",
      leavesOut: excluded,
    },
    automation_set_up_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: { all: [automationCost, { column: "cost_kind", is: "set_up" }] },
      unit: "money",
      leavesOut: excluded,
    },
    automation_running_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: { all: [automationCost, { column: "cost_kind", isNot: "set_up" }] },
      unit: "money",
      leavesOut: excluded,
    },
  }),
] as const;
