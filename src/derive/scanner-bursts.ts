import { literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import {
  kindList,
  type MachineRule,
  machineRules,
  messageActions,
  ruleName,
} from "./machine-rules.ts";
import { resolvedRows } from "./resolved.ts";

type Test<By extends MachineRule["test"]["by"]> = Extract<MachineRule["test"], { readonly by: By }>;

/**
 * Returns the query of opens and clicks that machines did as their company shows it: `row_key` and `rule`. One person's
 * clicks on one message are cut into runs at every pause; a run with enough different links at a machine's pace, or with
 * a link that people cannot see, is a scanner at work, and so is what it opened just before. Clicks of the same person
 * minutes later are a person's.
 *
 * @param context the people to be computed
 */
export function scannerBurstsSql(context: DeriveContext): Sql {
  const burst = ruleOf("burst");
  const trap = ruleOf("link");
  const margin = burst.test.marginSeconds;
  const { dialect } = context;
  return sql`WITH actions AS (${messageActionRows(context)}),
    busy AS (
      SELECT person, message_key FROM actions WHERE is_click GROUP BY person, message_key
      HAVING count(*) >= ${literal(burst.test.links)} OR max(is_trap) = 1
    ),
    runs AS (${runs(context, burst.test)}),
    bursts AS (
      SELECT person, message_key, ${dialect.addSeconds(sql`min(occurred_at)`, -margin)} AS from_at,
        ${dialect.addSeconds(sql`max(occurred_at)`, margin)} AS to_at,
        CASE WHEN max(is_trap) = 1 THEN ${literal(ruleName(trap))} ELSE ${literal(ruleName(burst))} END AS rule
      FROM runs GROUP BY person, message_key, run
      HAVING max(is_trap) = 1 OR (
        count(DISTINCT link) >= ${literal(burst.test.links)}
        AND ${dialect.secondsBetween(sql`min(occurred_at)`, sql`max(occurred_at)`)}
          <= ${literal(burst.test.meanPauseSeconds)} * (count(*) - 1)
      )
    )
    SELECT a.row_key, min(b.rule) AS rule
    FROM bursts AS b JOIN actions AS a ON a.person = b.person AND a.message_key = b.message_key
      AND a.occurred_at >= b.from_at AND a.occurred_at <= b.to_at
    GROUP BY a.row_key`;
}

/**
 * Returns the query of opens and clicks that came no later than a second after delivery: `row_key` and `rule`. Sources
 * that know only full minutes are left alone.
 *
 * @param context the people to be computed
 */
export function instantActionsSql(context: DeriveContext): Sql {
  const instant = ruleOf("instant");
  const { dialect } = context;
  const arrivals = resolvedRows(
    context,
    "events",
    sql`e.occurred_at, e.kind, ${messageKey} AS message_key`,
  );
  const sinceArrival = dialect.secondsBetween(sql`d.arrived_at`, sql`a.occurred_at`);
  const micros = dialect.epochMicroseconds(sql`a.occurred_at`);
  return sql`WITH actions AS (${messageActionRows(context)}),
    arrivals AS (
      SELECT person, message_key, coalesce(
          min(CASE WHEN kind LIKE '%delivered' THEN occurred_at END), min(occurred_at)) AS arrived_at
      FROM (${arrivals}
        AND e.kind IN ${kindList(["email_sent", "email_delivered"])} AND e.identity IS NOT NULL) AS s
      GROUP BY person, message_key
    )
    SELECT a.row_key, ${literal(ruleName(instant))} AS rule
    FROM actions AS a JOIN arrivals AS d ON d.person = a.person AND d.message_key = a.message_key
    WHERE ${sinceArrival} <= ${literal(instant.test.seconds)} AND ${sinceArrival} >= -60
      AND ${micros} % 60000000 <> 0`;
}

/** Rows of one message to one person carry the vendor's id of it, or at least what it was about. */
const messageKey = raw("coalesce(e.message, e.asset, e.campaign)");

function messageActionRows(context: DeriveContext): Sql {
  const trap = context.dialect.matches(sql`e.link`, `(?i)${ruleOf("link").test.pattern}`);
  const columns = sql`e.row_key, e.occurred_at, ${messageKey} AS message_key, e.link,
    e.kind LIKE '%clicked' AS is_click, CASE WHEN ${trap} THEN 1 ELSE 0 END AS is_trap`;
  return sql`${resolvedRows(context, "events", columns)} AND e.kind IN ${kindList(messageActions)}
    AND e.identity IS NOT NULL AND ${messageKey} IS NOT NULL`;
}

function runs(context: DeriveContext, test: Test<"burst">): Sql {
  const pause = context.dialect.secondsBetween(sql`previous_at`, sql`occurred_at`);
  return sql`SELECT *, max(CASE WHEN previous_at IS NULL OR ${pause} > ${literal(test.pauseSeconds)} THEN nth END)
      OVER (PARTITION BY person, message_key ORDER BY nth ROWS UNBOUNDED PRECEDING) AS run
    FROM (
      SELECT a.*, row_number() OVER same_message AS nth, lag(a.occurred_at) OVER same_message AS previous_at
      FROM actions AS a JOIN busy AS b ON b.person = a.person AND b.message_key = a.message_key
      WHERE a.is_click
      WINDOW same_message AS (PARTITION BY a.person, a.message_key ORDER BY a.occurred_at, a.row_key)
    ) AS numbered`;
}

function ruleOf<By extends MachineRule["test"]["by"]>(
  by: By,
): MachineRule & { readonly test: Test<By> } {
  const rule = machineRules.find((each) => each.test.by === by);
  if (!rule) throw new Error(`no machine rule by ${by}`);
  return rule as MachineRule & { readonly test: Test<By> };
}
