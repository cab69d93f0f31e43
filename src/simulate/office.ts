import { unitsToText } from "../ledger/exact.ts";
import { companyName } from "./company.ts";
import { mailLinks, newsletterTimes } from "./mail.ts";
import { integer, randomStream } from "./random.ts";
import type { World } from "./world.ts";

/** A cost that comes every month, in cents; it grows with the size of the company. */
const monthly = [
  { kind: "licence", tool: "Klaviyo", amount: 24_000n, automation: "" },
  { kind: "licence", tool: "SendGrid", amount: 8_995n, automation: "" },
  { kind: "agency", tool: "", amount: 60_000n, automation: "" },
  { kind: "staff", tool: "", amount: 206_667n, automation: "" },
  { kind: "upkeep", tool: "SendGrid", amount: 9_050n, automation: "cart_recovery" },
] as const;

/** Work that automations took over. */
const tasks = [
  {
    task: "Send cart reminders",
    automation: "cart_recovery",
    perThousand: 40,
    manual: 6,
    automated: 0.1,
  },
  {
    task: "Score and route leads",
    automation: "lead_nurturing",
    perThousand: 12,
    manual: 9,
    automated: 0.5,
  },
  {
    task: "Welcome new subscribers",
    automation: "welcome",
    perThousand: 60,
    manual: 4,
    automated: 0,
  },
  {
    task: "Monthly performance report",
    automation: "",
    perThousand: 0,
    manual: 300,
    automated: 15,
  },
] as const;

/**
 * Writes what the office keeps: costs, tasks, followers, placement tests, automations and rates.
 *
 * @param world what the run shares
 */
export function keepBooks(world: World): void {
  writeCosts(world);
  writeTasks(world);
  writeAudiences(world);
  writePlacements(world);
  const { calendar, rates, truth, writers } = world;
  for (const automation of Object.values(world.automations)) {
    writers.templates.row("automations", {
      automation: automation.id,
      name: automation.name,
      tool: automation.tool,
      went_live_at: calendar.dayTexts[automation.liveOnDay] ?? "",
    });
  }
  for (const { day, currency, rate } of rates.rows) {
    writers.templates.row("rates", { day, currency, base: "EUR", rate });
  }
  truth.fault("missing_rates", {
    file: "own/rates.csv",
    note: `${rates.gap.currency} has no rate from ${calendar.dayTexts[rates.gap.from]} to ${calendar.dayTexts[rates.gap.to]}; a rate is carried for 7 days`,
  });
  for (const newsletter of newsletterTimes(world)) writers.klaviyo.campaign(newsletter);
  truth.fact("mail_links_per_message", mailLinks.length);
}

/** What costs grow by with the number of people, in percent. */
function sizeInPercent(people: number): bigint {
  return BigInt(Math.max(100, Math.round(Math.sqrt(people / 2000) * 100)));
}

/**
 * Returns the settings of the company's workspace, with a licence that is kept there instead of in a file.
 *
 * @param world what the run shares
 */
export function settingsText({ calendar, people, truth }: World): string {
  const licence = (45_000n * sizeInPercent(people)) / 100n;
  const last = calendar.dayTexts[calendar.days - 1] ?? "";
  calendar.months.forEach((_, month) => {
    truth.money("costs_in_settings.licence", month, licence * 10_000n, 6);
  });
  return `# The simulated company. Its exports are in exports/, what is true about them in truth.json.
name: ${companyName}
demo: true
currency: EUR
time_zone: Europe/Berlin
revenue:
  from: both
internal_domains: [kopi-kiln.example]
costs:
  - kind: licence
    amount: "${unitsToText(licence, 2)}"
    currency: EUR
    every: month
    from: ${calendar.dayTexts[0]}
    to: ${last}
    tool: HubSpot
`;
}

function writeCosts({ calendar, people, truth, writers }: World): void {
  const size = sizeInPercent(people);
  calendar.months.forEach((month, index) => {
    const first = calendar.dayTexts.indexOf(`${month}-01`);
    const start = Math.max(first, 0);
    const end = calendar.monthOfDay.lastIndexOf(index, calendar.days - 1);
    for (const cost of monthly) {
      const amount = (cost.amount * size) / 100n;
      writers.templates.row("costs", {
        from_day: calendar.dayTexts[start] ?? "",
        to_day: calendar.dayTexts[end] ?? "",
        kind: cost.kind,
        amount: unitsToText(amount, 2),
        currency: "EUR",
        tool: cost.tool,
        automation: cost.automation,
      });
      truth.money(`costs.${cost.kind}`, index, amount * 10_000n, 6);
    }
  });
  const once = (kind: string, day: number, amount: bigint, note: string): void => {
    const text = calendar.dayTexts[day] ?? "";
    const values = {
      from_day: text,
      to_day: text,
      kind,
      amount: unitsToText(amount, 2),
      currency: "EUR",
      note,
    };
    writers.templates.row("costs", values);
    truth.money(`costs.${kind}`, calendar.monthOfDay[day] ?? -1, amount * 10_000n, 6);
  };
  once("set_up", 10, 480_000n, "Implementation");
  once("training", 24, 96_000n, "Two days for four people");
  once("research", Math.floor(calendar.days / 2), 130_000n, "Customer interviews");
  const bad = {
    from_day: "2025-13-01",
    kind: "licence",
    amount: "twelve",
    currency: "EUR",
    note: "?",
  };
  truth.fault("bad_rows", {
    ...writers.templates.row("costs", bad, "rejected"),
    note: "no such day, amount is a word",
  });
}

function writeTasks({ calendar, people, seed, truth, writers }: World): void {
  const random = randomStream(seed, "tasks");
  calendar.months.forEach((month, index) => {
    for (const task of tasks) {
      const volume = Math.max(
        1,
        Math.round((people / 1000) * task.perThousand * (0.8 + random() * 0.4)),
      );
      const failures = Math.floor(volume * 0.02);
      writers.templates.row("tasks", {
        task: task.task,
        from_day: `${month}-01`,
        to_day: calendar.dayTexts[calendar.monthOfDay.lastIndexOf(index, calendar.days - 1)] ?? "",
        volume: String(volume),
        failures: String(failures),
        manual_minutes: String(task.manual),
        automated_minutes: String(task.automated),
        hourly_cost: "38.50",
        currency: "EUR",
        automation: task.automation,
        evidence: "measured over two weeks",
      });
      const tenths = volume * task.automated * 10;
      const saved = (volume - failures) * task.manual * 10 - Math.round(tenths);
      truth.count("tasks.saved_minutes_tenths", index, saved);
      truth.count("tasks.volume", index, volume);
      truth.count("tasks.failures", index, failures);
    }
  });
}

function writeAudiences({ calendar, people, seed, writers }: World): void {
  const random = randomStream(seed, "followers");
  for (const channel of ["instagram", "linkedin"]) {
    let count = Math.ceil(people / 20);
    for (let day = 0; day < calendar.days; day += 7) {
      count += integer(random, -2, 9);
      writers.templates.row("followers", {
        counted_on: calendar.dayTexts[day] ?? "",
        channel,
        kind: "followers",
        count: String(count),
      });
    }
  }
}

function writePlacements({ calendar, seed, truth, writers }: World): void {
  const random = randomStream(seed, "placements");
  calendar.months.forEach((month, index) => {
    for (const provider of ["gmail", "outlook", "yahoo"]) {
      const spam = integer(random, 0, 6);
      const missing = integer(random, 0, 2);
      const inbox = 50 - spam - missing;
      writers.templates.row("placements", {
        tested_on: `${month}-15`,
        provider,
        campaign: "Newsletter",
        inbox: String(inbox),
        spam: String(spam),
        missing: String(missing),
      });
      truth.count("placements.inbox", index, inbox);
      truth.count("placements.spam", index, spam);
      truth.count("placements.missing", index, missing);
    }
  });
}
