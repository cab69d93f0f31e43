import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { windowOf } from "./attribution-window.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext } from "./derived.ts";
import { addMissing, noEntry, origins } from "./dictionaries.ts";
import { conversionsSql, isByAccount, ofTheirs } from "./goal-conversions.ts";
import { vendorOf } from "./origin.ts";
import { localDay } from "./reporting-currency.ts";
import { windowedTouchesSql } from "./windowed-touches.ts";

/** Touches whose journeys are put together in one statement, unless it is said. */
const touchesOfSlice = 1_500_000;

/** Names the tables in {@link DeriveContext.kept}. */
const name = "journey_steps";

/**
 * Writes the temporary tables that journeys and credits are made of, unless they were just written for the same people:
 *
 * - `journey_goals`: conversions in order of time, numbered by `id`, with what the marks and weights of models need;
 * - `touch_origins`: the dictionary of origins with the number of the channel (`code`) and the window;
 * - `journey_steps`: per conversion with touches, the touches in order as a list of records (touched_at, touch, origin, code,
 *   nth_of_channel, touches_of_channel), how many they are, its channels in the order of their first touches
 *   (`channel_codes`), the place of the last touch that is not direct, its path, and instant and channel at both ends.
 *
 * Touches carry numbers instead of texts, and are put together slice by slice in order of time, since memory of lists
 * is not limited by the engine.
 *
 * @param store the workspace, with touchpoints up to date
 * @param context settings and people
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function keepJourneySteps(store: Store, context: DeriveContext): Promise<void> {
  const { kept } = context;
  if (kept?.get(name) === context.people) return;
  await keepOrigins(store, context);
  await keep(store, "journey_goals", goalsSql(context));
  await keep(store, "touch_origins", touchOriginsSql(context));
  await keep(store, name, sql`${stepsSql(context)} LIMIT 0`);
  for (const slice of await slicesOf(store, context)) {
    await store.run(sql`INSERT INTO journey_steps ${stepsSql(context, slice)} ORDER BY id`);
  }
  kept?.set(name, context.people);
}

/**
 * Brings the dictionary of origins up to date with the touches of some people, unless it was just done.
 *
 * @param store the workspace, with touchpoints up to date
 * @param context people
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function keepOrigins(store: Store, context: DeriveContext): Promise<void> {
  if (context.kept?.get(origins.name) === context.people) return;
  const theirs = ofTheirs(context, sql`person`);
  await addMissing(store, origins, sql`derived.touchpoints`, theirs, {
    fingerprint: "origin",
    key: "touch",
  });
  context.kept?.set(origins.name, context.people);
}

/**
 * Returns what the tables of {@link keepJourneySteps} are computed by, for a fingerprint.
 *
 * @param context settings
 */
export function journeyStepsDefinition(context: DeriveContext): Sql {
  return join([goalsSql(context), touchOriginsSql(context), stepsSql(context)], "; ");
}

/** Conversions with the instants at which their customer became a lead and an opportunity. */
function goalsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const [party, entering] = isByAccount(context)
    ? [sql`coalesce(c.account, c.person)`, sql`coalesce(e.account, e.person)`]
    : [sql`coalesce(c.person, c.account)`, sql`e.person`];
  const since = (stage: string): Sql =>
    sql`min(CASE WHEN stage = ${literal(stage)} THEN entered_at END)`;
  const before = (time: Sql): Sql => sql`CASE WHEN ${time} <= c.converted_at THEN ${time} END`;
  return sql`SELECT c.*, ${vendorOf(dialect, sql`c.data_source`)} AS vendor, ${before(sql`m.lead_at`)} AS lead_at,
      ${before(sql`coalesce(c.started_at, m.opportunity_at)`)} AS opportunity_at,
      row_number() OVER (ORDER BY c.converted_at, c.journey) AS id,
      ${dialect.startOf("month", localDay(context, sql`c.converted_at`))} AS month
    FROM (${conversionsSql(context)}) AS c
    LEFT JOIN (
      SELECT ${entering} AS party, ${since("lead")} AS lead_at, ${since("opportunity")} AS opportunity_at
      FROM derived.stage_entries AS e WHERE stage IN ('lead', 'opportunity') AND ${ofTheirs(context, sql`e.person`)}
      GROUP BY 1
    ) AS m ON m.party = ${party}`;
}

function touchOriginsSql({ settings }: DeriveContext): Sql {
  return sql`SELECT number AS origin, fingerprint, channel, dense_rank() OVER (ORDER BY channel) AS code,
      ${windowOf(settings, sql`touch_kind`, sql`channel`)} AS window_length
    FROM derived.origins WHERE number <> ${literal(noEntry)}`;
}

/**
 * Returns the query of one row about channels: `names` in the order of their codes, and the code of `direct`, 0 without any.
 *
 * @param context engine; the tables of {@link keepJourneySteps} must exist
 */
export function channelsSql({ dialect: { lists } }: Pick<DeriveContext, "dialect">): Sql {
  const both = lists.record({ code: sql`code`, channel: sql`channel` });
  const name = (each: Sql): Sql => lists.valueOf(each, "channel");
  const direct = sql`coalesce(max(CASE WHEN channel = 'direct' THEN code END), 0)`;
  return sql`SELECT ${lists.map(lists.sorted(both), "each", name)} AS names, ${direct} AS direct
    FROM (SELECT DISTINCT code, channel FROM touch_origins) AS known_channels`;
}

/** Condition on the number of a conversion, or on the first and the last of several: whether some can be in the slice. */
export type IsInSlice = (first: Sql, last?: Sql) => Sql;

/** Every conversion. */
export const everyGoal: IsInSlice = () => sql`TRUE`;

/**
 * Returns the conditions that cut conversions into slices of time, since lists are built outside the memory that the engine
 * limits.
 *
 * @param store the workspace, with the tables of {@link keepJourneySteps}
 * @param context how many touches a slice has, where it is said
 * @param touchesOfSlice how many it has otherwise
 */
export async function sliceGoals(
  store: Store,
  context: DeriveContext,
  touchesOfSlice: number,
): Promise<readonly IsInSlice[]> {
  const touches = await count(store, sql`SELECT coalesce(sum(touches), 0) AS n FROM journey_steps`);
  const goals = await count(store, sql`SELECT count(*) AS n FROM journey_goals`);
  const slices = Math.max(1, Math.ceil(touches / (context.rowsPerSlice ?? touchesOfSlice)));
  const size = Math.ceil(goals / slices);
  return Array.from({ length: slices }, (_, index) => {
    // what belongs to no conversion has the number 0
    const from = index === 0 ? 0 : index * size + 1;
    const to = (index + 1) * size;
    return (first, last = first) => sql`${last} >= ${literal(from)} AND ${first} <= ${literal(to)}`;
  });
}

/** Conversions that follow each other in time, and when their touches lie. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly since: string;
  readonly until: string;
}

async function slicesOf(
  store: Store,
  context: DeriveContext,
): Promise<readonly (Slice | undefined)[]> {
  if (context.isPartial) return [undefined];
  const perSlice = context.rowsPerSlice ?? touchesOfSlice;
  const touches = await count(store, sql`SELECT count(*) AS n FROM derived.touchpoints`);
  const goals = await count(store, sql`SELECT count(*) AS n FROM journey_goals`);
  const size = Math.ceil(goals / Math.ceil(Math.max(touches, goals) / perSlice));
  if (goals === 0 || size >= goals) return [undefined];
  const { dialect } = context;
  const nth = dialect.wholeDivision(sql`id - 1`, size);
  const rows = await store.query(sql`SELECT ${nth} AS nth,
      ${dialect.textOf(dialect.addSeconds(sql`min(converted_at)`, -widestWindow(context) - 1))} AS since,
      ${dialect.textOf(dialect.addSeconds(sql`max(converted_at)`, 1))} AS until
    FROM journey_goals GROUP BY 1 ORDER BY 1`);
  // Conversions without an instant come last, and have no touches.
  return rows
    .filter(({ since }) => since !== null)
    .map((row) => ({
      from: Number(row.nth) * size + 1,
      to: (Number(row.nth) + 1) * size,
      since: String(row.since),
      until: String(row.until),
    }));
}

/** Seconds before a conversion from which any touch can earn credit. */
function widestWindow({ settings }: DeriveContext): number {
  const { window_days, view_window_days, channel_windows } = settings.attribution;
  const days = Math.max(window_days, view_window_days, ...Object.values(channel_windows));
  return Math.ceil(days * 86_400);
}

/** What is carried of a touch; the first two order the touches of a conversion. */
const stepFields = [
  "touched_at",
  "touch",
  "origin",
  "code",
  "nth_of_channel",
  "touches_of_channel",
] as const;

/** A value of a record of `journey_steps`. */
export type StepField = (typeof stepFields)[number];

/** Touches inside the windows of conversions, put together. */
function stepsSql(context: DeriveContext, slice?: Slice): Sql {
  const { lists, types } = context.dialect;
  const time = raw(types.time);
  const [goals, inTime] = slice
    ? [
        sql`(SELECT * FROM journey_goals WHERE id BETWEEN ${literal(slice.from)} AND ${literal(slice.to)})`,
        sql`t.touched_at >= CAST(${slice.since} AS ${time}) AND t.touched_at < CAST(${slice.until} AS ${time})`,
      ]
    : [sql`journey_goals`, sql`TRUE`];
  const of = (field: StepField) => (step: Sql) => lists.valueOf(step, field);
  const firsts = lists.keep(sql`steps`, "step", (step) => sql`${of("nth_of_channel")(step)} = 1`);
  const first = lists.at(sql`steps`, sql`1`);
  const last = lists.at(sql`steps`, lists.length(sql`steps`));
  const named = (step: Sql) => lists.at(sql`names`, of("code")(step));
  const places = lists.map(
    sql`steps`,
    "step",
    (step, nth) => sql`CASE WHEN ${of("code")(step)} <> direct THEN ${nth} END`,
  );
  // the same order for both, so that rows are sorted once
  const ofChannel = sql`PARTITION BY id, code ORDER BY touched_at, touch`;
  return sql`WITH windowed AS (${windowedTouchesSql(context, {
    conversions: goals,
    touches: sql`(
      SELECT t.touch, t.person, t.account, t.touched_at, o.origin, o.code, o.window_length
      FROM derived.touchpoints AS t JOIN touch_origins AS o ON o.fingerprint = t.origin WHERE ${inTime}
    )`,
    columns: sql`c.id, c.month, t.touch, t.touched_at, t.origin, t.code`,
    window: sql`t.window_length`,
  })}),
    numbered AS (
      SELECT *, row_number() OVER (${ofChannel}) AS nth_of_channel,
        count(*) OVER (${ofChannel} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS touches_of_channel
      FROM windowed
    )
    SELECT id, month, steps, ${lists.length(sql`steps`)} AS touches, ${lists.map(firsts, "step", of("code"))} AS channel_codes, ${lists.largest(places)} AS last_other,
      ${lists.joined(lists.map(sql`steps`, "step", named), " > ")} AS path,
      ${of("touched_at")(first)} AS first_touched_at, ${of("touched_at")(last)} AS last_touched_at,
      ${named(first)} AS first_channel, ${named(last)} AS last_channel
    FROM (SELECT id, month, ${lists.sorted(recordOf(context))} AS steps FROM numbered GROUP BY id, month) AS ways
      CROSS JOIN (${channelsSql(context)}) AS channels`;
}

function recordOf({ dialect }: DeriveContext): Sql {
  const small = raw(dialect.types.small);
  const fields = stepFields.map((field) => {
    const isSmall = field !== "touched_at" && field !== "touch";
    return [field, isSmall ? sql`CAST(${raw(field)} AS ${small})` : raw(field)] as const;
  });
  return dialect.lists.record(Object.fromEntries(fields));
}
