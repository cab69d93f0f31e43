import { advertise } from "./advertising.ts";
import { makeCalendar } from "./calendar.ts";
import { automationsFor, companyName } from "./company.ts";
import { plantFaults } from "./faults.ts";
import { live } from "./life.ts";
import { keepBooks, settingsText } from "./office.ts";
import { makePeople } from "./person.ts";
import { makeRates } from "./rates.ts";
import { diskEffects, type FileCounts, RowFile, type SimulationEffects } from "./sink.ts";
import { makeTruth } from "./truth.ts";
import type { OpenFile, World } from "./world.ts";
import { makeGa4Writer } from "./writers/ga4.ts";
import { makeHubspotWriter } from "./writers/hubspot.ts";
import { makeKlaviyoWriter } from "./writers/klaviyo.ts";
import { makeSendgridWriter } from "./writers/sendgrid.ts";
import { makeShopifyWriter } from "./writers/shopify.ts";
import { makeStripeWriter } from "./writers/stripe.ts";
import { makeTemplateWriter } from "./writers/templates.ts";

/** What to simulate. */
export interface SimulationOptions {
  /** Visitors of the shop over the whole period. */
  readonly people: number;
  readonly months: number;
  readonly seed: number;
  /** Folder to write to: `exports/`, `lastpenny.yaml` and `truth.json`. */
  readonly out: string;
  /** First day as 2024-07-01. */
  readonly startDay?: string;
  /** Told now and then how many people are done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** What was written. */
export interface SimulationReport {
  readonly exports: string;
  readonly truth: string;
  readonly settings: string;
  /** First day and the day after the last. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly files: Readonly<Record<string, Readonly<FileCounts>>>;
}

/** People after whom other work of the process gets its turn. */
const stride = 500;

/**
 * Simulates a company and writes the exports of its tools, its settings, and what is true.
 *
 * @param options what to simulate; the same options give the same bytes
 * @param effects where files go
 */
export async function simulate(
  options: SimulationOptions,
  effects: SimulationEffects = diskEffects,
): Promise<SimulationReport> {
  effects.forget(options.out);
  const files: RowFile[] = [];
  const folder = `${options.out}/exports`;
  const open: OpenFile = (name, header, encoding) => {
    const file = new RowFile(effects, folder, name, header, encoding);
    files.push(file);
    return file;
  };
  const world = makeWorld(options, open);
  keepBooks(world);
  advertise(world);
  for (let index = 0; index < options.people; index += 1) {
    live(world, index);
    if (index % stride === stride - 1) {
      options.onProgress?.(index + 1, options.people);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  plantFaults(world);
  for (const file of files) file.close();
  return report(options, world, files, effects);
}

function makeWorld(
  { people, months, seed, startDay = "2024-07-01" }: SimulationOptions,
  open: OpenFile,
): World {
  const calendar = makeCalendar(startDay, months);
  const truth = makeTruth(calendar);
  return {
    seed,
    people,
    calendar,
    truth,
    open,
    rates: makeRates(seed, calendar),
    source: makePeople(seed, calendar),
    automations: automationsFor(calendar.days),
    writers: {
      ga4: makeGa4Writer(seed, calendar, truth, open),
      hubspot: makeHubspotWriter(calendar, open),
      klaviyo: makeKlaviyoWriter(seed, calendar, truth, open),
      sendgrid: makeSendgridWriter(seed, calendar, truth, open),
      shopify: makeShopifyWriter(calendar, truth, open),
      stripe: makeStripeWriter(calendar, open),
      templates: makeTemplateWriter(calendar, open),
    },
  };
}

function report(
  options: SimulationOptions,
  world: World,
  files: readonly RowFile[],
  effects: SimulationEffects,
): SimulationReport {
  const { calendar, truth, automations } = world;
  const settings = settingsText(world);
  const counts = Object.fromEntries(files.map((file) => [file.name, file.counts]));
  const from = calendar.dayTexts[0] ?? "";
  const to = calendar.dayTexts[calendar.days] ?? "";
  const rows = files.reduce((sum, file) => sum + file.counts.rows, 0);
  const data = {
    company: companyName,
    seed: options.seed,
    people: options.people,
    months: options.months,
    currency: "EUR",
    time_zone: "Europe/Berlin",
    from,
    to,
    rows,
    files: counts,
    automations: Object.values(automations).map((one) => ({
      ...one,
      live_on: calendar.dayTexts[one.liveOnDay],
    })),
    ...truth.toData(),
  };
  const write = (name: string, text: string): string => {
    const path = `${options.out}/${name}`;
    const file = effects.open(path);
    file.write(Buffer.from(text));
    file.close();
    return path;
  };
  return {
    exports: `${options.out}/exports`,
    truth: write("truth.json", `${JSON.stringify(data, null, 2)}\n`),
    settings: write("lastpenny.yaml", settings),
    from,
    to,
    rows,
    files: counts,
  };
}
