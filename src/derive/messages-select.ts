import { eventKinds } from "../ledger/tables/events.ts";
import { join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import { kindList } from "./machine-rules.ts";
import { vendorOf } from "./origin.ts";

const messageKinds = eventKinds.filter((kind) =>
  /^(email|sms|whatsapp|push)_(?!subscribed)/.test(kind),
);
const kindsLike = (pattern: RegExp): Sql =>
  sql`kind IN ${kindList(messageKinds.filter((kind) => pattern.test(kind)))}`;

const isSent = kindsLike(/_sent$/);
const isDelivered = kindsLike(/_delivered$/);
const isOpened = kindsLike(/_(opened|read)$/);
const isClicked = kindsLike(/_clicked$/);
const isBounced = kindsLike(/_(bounced|failed)$/);
const isHard = "^(hard|permanent|block|invalid|dropped|undetermined)";
const isSoft = "^(soft|transient|temporary|deferred|mailbox full)";

const shared = raw(
  "channel utm_source utm_medium campaign automation asset variant list".replaceAll(" ", ", "),
);
const sharedNames = [
  "channel",
  "utm_source",
  "utm_medium",
  "campaign",
  "automation",
  "asset",
  "variant",
  "list",
];

/**
 * The SELECT of derived.messages.
 *
 * Rows of one message carry its id. Without an id, a message is what was sent last to the person about the same e-mail
 * or campaign; rows without a person are counted batches, one per day of sending, and later opens count for the latest
 * day of sending before them. Shares never exceed 100 %: a click is an open, an open is a delivery.
 */
export function selectMessages(context: DeriveContext): Sql {
  const rows = messageRows(context);
  return sql`WITH message_rows AS (${rows}),
    cut AS (${cutRows(context)}),
    reporters AS (${reportersSql(context)}),
    counted AS (
      ${countsOf(context, sql`message_rows WHERE message IS NOT NULL`, sql`person, medium, vendor, message`, sql`message`)}
      UNION ALL
      ${countsOf(context, sql`cut WHERE person IS NOT NULL`, sql`person, medium, vendor, thing, part`, sql`thing`)}
      UNION ALL
      ${countsOf(context, sql`cut WHERE person IS NULL`, sql`person, medium, vendor, thing, data_source, ${shared}, part`, sql`thing`)}
    )
    ${outcomes()}`;
}

/** Which vendors report deliveries, by medium: the others are taken to have delivered what did not bounce. */
export function reportersSql({ dialect }: Pick<DeriveContext, "dialect">): Sql {
  const medium = dialect.capture(sql`kind`, "^([a-z]+)_");
  return sql`SELECT DISTINCT ${vendorOf(dialect, sql`source`)} AS vendor, ${medium} AS medium
    FROM (SELECT DISTINCT source, kind FROM ledger.events) AS k WHERE ${isDelivered}`;
}

function messageRows({ dialect, people }: DeriveContext): Sql {
  return sql`SELECT *, ${dialect.capture(sql`kind`, "^([a-z]+)_")} AS medium,
      ${vendorOf(dialect, sql`data_source`)} AS vendor, coalesce(message, asset, campaign) AS thing
    FROM derived.interactions
    WHERE kind IN ${kindList(messageKinds)} AND ${people(sql`person`)}`;
}

/** Rows without an id of the message, each with `part`: the latest time (for batches, the day) of sending before it. */
function cutRows({ dialect }: DeriveContext): Sql {
  const batch = [sql`data_source`, ...sharedNames.map((name) => raw(name))];
  const onlyBatch = batch.map((column) => sql`CASE WHEN person IS NULL THEN ${column} END`);
  const moment = sql`CASE WHEN person IS NULL THEN CAST(${dialect.dayOf(sql`occurred_at`)} AS ${raw(dialect.types.time)}) ELSE occurred_at END`;
  return sql`SELECT *, CASE WHEN person IS NULL THEN coalesce(sent_before, moment) ELSE sent_before END AS part
    FROM (
      SELECT *, max(CASE WHEN ${isSent} THEN moment END) OVER (
        PARTITION BY person, medium, vendor, thing, ${join(onlyBatch)}
        ORDER BY moment, CASE WHEN ${isSent} THEN 0 ELSE 1 END, row_key ROWS UNBOUNDED PRECEDING
      ) AS sent_before
      FROM (SELECT *, ${moment} AS moment FROM message_rows WHERE message IS NULL) AS m
    ) AS s`;
}

function countsOf({ dialect }: DeriveContext, rows: Sql, group: Sql, name: Sql): Sql {
  const total = (when: Sql): Sql =>
    sql`least(coalesce(${dialect.sumWhen(sql`quantity`, when)}, 0), CASE WHEN person IS NULL THEN NULL ELSE 1 END)`;
  const first = (when: Sql): Sql => sql`min(CASE WHEN ${when} THEN occurred_at END)`;
  const byPerson = (what: Sql): Sql => sql`${what} AND machine IS NULL`;
  const byMachine = (what: Sql): Sql => sql`${what} AND machine IS NOT NULL`;
  const bounce = (pattern: string): Sql =>
    sql`${isBounced} AND ${dialect.matches(sql`lower(trim(detail))`, pattern)}`;
  return sql`SELECT person, medium, vendor, ${name} AS message, max(account) AS account,
      ${join(sharedNames.map((column) => sql`max(${raw(column)}) AS ${raw(column)}`))},
      min(data_source) AS data_source,
      coalesce(${first(isSent)}, ${first(isDelivered)}, min(occurred_at)) AS sent_at,
      ${first(byPerson(isOpened))} AS first_opened_at, ${first(byPerson(isClicked))} AS first_clicked_at,
      ${total(isSent)} AS n_sent, ${total(isDelivered)} AS n_delivered,
      ${total(byPerson(isOpened))} AS n_opened, ${total(byMachine(isOpened))} AS n_machine_opened,
      ${total(byPerson(isClicked))} AS n_clicked, ${total(byMachine(isClicked))} AS n_machine_clicked,
      ${total(isBounced)} AS n_bounced, ${total(bounce(isHard))} AS n_hard, ${total(bounce(isSoft))} AS n_soft,
      ${total(kindsLike(/_complained$/))} AS n_complained,
      ${total(kindsLike(/_unsubscribed$/))} AS n_unsubscribed, ${total(kindsLike(/_replied$/))} AS n_replied
    FROM ${rows} GROUP BY ${group}`;
}

/** From counts to outcomes that fit each other: clicked ≤ opened ≤ delivered ≤ sent. */
function outcomes(): Sql {
  const answered = sql`greatest(n_opened, n_clicked, n_complained, n_unsubscribed, n_replied)`;
  const isHardBounce = sql`n_hard > 0 OR (n_bounced > 0 AND n_soft = 0)`;
  const personDelivered = sql`CASE
      WHEN answered > 0 THEN 1
      WHEN ${isHardBounce} THEN 0
      WHEN n_delivered > 0 THEN 1
      WHEN n_bounced > 0 THEN 0
      WHEN reports_deliveries AND n_machine_opened + n_machine_clicked = 0 THEN 0
      ELSE 1 END`;
  const batchSent = sql`CASE WHEN n_sent > 0 THEN n_sent ELSE greatest(n_delivered + n_bounced, answered) END`;
  const batchDelivered = sql`CASE
      WHEN n_delivered > 0 THEN least(n_delivered, sent)
      WHEN n_sent > 0 THEN greatest(sent - n_bounced, 0)
      ELSE answered END`;
  const capped = (count: string): Sql => raw(`least(delivered, ${count})`);
  return sql`SELECT message, medium, person, account, sent_at, ${shared}, sent, delivered, opened,
      least(CASE WHEN person IS NULL THEN delivered - opened ELSE delivered * (1 - opened) END,
        greatest(n_machine_opened, n_machine_clicked)) AS machine_opened,
      clicked,
      least(CASE WHEN person IS NULL THEN delivered - clicked ELSE delivered * (1 - clicked) END,
        n_machine_clicked) AS machine_clicked,
      bounced,
      CASE WHEN n_soft = 0 AND n_hard = 0 THEN 0 WHEN n_hard > 0 THEN least(n_hard, bounced) ELSE 0 END AS hard_bounced,
      CASE WHEN n_hard > 0 AND person IS NOT NULL THEN 0 ELSE least(n_soft, bounced) END AS soft_bounced,
      ${capped("n_complained")} AS complained, ${capped("n_unsubscribed")} AS unsubscribed,
      ${capped("n_replied")} AS replied, first_opened_at, first_clicked_at, data_source
    FROM (
      SELECT *, least(delivered, greatest(n_opened, n_clicked)) AS opened, least(delivered, n_clicked) AS clicked,
        CASE WHEN person IS NULL THEN least(n_bounced, sent) WHEN delivered = 1 THEN 0 ELSE least(n_bounced, 1) END AS bounced
      FROM (
        SELECT *, CASE WHEN person IS NULL THEN ${batchDelivered} ELSE ${personDelivered} END AS delivered
        FROM (
          SELECT c.*, r.vendor IS NOT NULL AS reports_deliveries,
            CASE WHEN c.person IS NULL THEN ${batchSent} ELSE 1 END AS sent
          FROM (SELECT *, ${answered} AS answered FROM counted) AS c
          LEFT JOIN reporters AS r ON r.vendor = c.vendor AND r.medium = c.medium
          WHERE c.n_sent + c.n_delivered + c.n_opened + c.n_clicked + c.n_bounced
            + c.n_machine_opened + c.n_machine_clicked > 0
        ) AS known
      ) AS arrived
    ) AS noticed`;
}
