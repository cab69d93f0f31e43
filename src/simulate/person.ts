import { type Calendar, daySeconds } from "./calendar.ts";
import { type Channel, channels, clickParameter, type Market, markets } from "./company.ts";
import { namesByCountry } from "./names.ts";
import { integer, pick, pickWeighted, type Random, randomStream } from "./random.ts";

/** Who reads a person's mail, and how their opens look. */
type MailClient = "apple" | "gmail" | "outlook" | "corporate";

/** A company that buys wholesale. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly market: Market;
  readonly city: string;
  readonly industry: string;
  readonly employees: number;
}

/** A person, drawn once; what happens to them is drawn from the same stream. */
export interface Person {
  readonly index: number;
  readonly random: Random;
  readonly market: Market;
  readonly account: Account | null;
  readonly first: string;
  readonly family: string;
  /** Consumers have a domain of their own, so that nobody takes a mail provider for a company. */
  readonly email: string;
  /** A second address of the same person, used later; null for most. */
  readonly secondEmail: string | null;
  readonly city: string;
  readonly phone: string;
  readonly customerId: string;
  /** Browser id as Google Analytics writes it. */
  readonly browserId: string;
  readonly device: "desktop" | "mobile";
  readonly mailClient: MailClient;
  readonly channel: Channel;
  readonly campaign: string;
  /** Click id of the first visit as a query parameter. */
  readonly click: string;
  /** First visit, in seconds since 1970. */
  readonly firstVisit: number;
  readonly signsUp: boolean;
  /** Would have come without the channel that brought them. */
  readonly comesAnyway: boolean;
  /** Shares a browser with the person before; both keep to their own hours. */
  readonly sharesBrowser: boolean;
}

/** People per block: the business people of one block work for the same company. */
const blockSize = 25;

const industries = ["Hospitality", "Food & Beverages", "Retail", "Professional Services"] as const;

/** Relative traffic by hour of local time. */
const hourWeights = [1, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 9, 8, 7, 7, 8, 9, 10, 12, 12, 10, 6, 3];

/** Relative traffic by weekday, Sunday first. */
const weekdayWeights = [1.15, 1, 0.98, 1, 0.97, 0.9, 1.05];

/** Relative traffic by month, January first: coffee sells in the cold and before the holidays. */
const monthWeights = [1.08, 1.02, 0.98, 0.92, 0.88, 0.84, 0.82, 0.86, 0.98, 1.08, 1.3, 1.36];

/** Draws people of one run. */
export interface PeopleSource {
  readonly person: (index: number) => Person;
  /** A second of a day, by the hours at which people of a market are awake. */
  readonly timeOfDay: (random: Random, market: Market) => number;
}

/**
 * Returns the people of a run by index.
 *
 * @param seed the run's seed
 */
export function makePeople(seed: number, calendar: Calendar): PeopleSource {
  const days = cumulative(
    Array.from({ length: calendar.days }, (_, day) => dayWeight(calendar, day)),
  );
  const hours = cumulative(hourWeights);
  const timeOfDay = (random: Random, market: Market): number => {
    const local = draw(random, hours) * 3600 + integer(random, 0, 3599);
    return (local - market.hours * 3600 + daySeconds) % daySeconds;
  };
  const accounts = new Map<number, Account>();
  const accountOf = (block: number): Account => {
    const known = accounts.get(block);
    if (known) return known;
    if (accounts.size > 8) accounts.clear();
    const made = makeAccount(randomStream(seed, "account", block), block);
    accounts.set(block, made);
    return made;
  };
  const person = (index: number): Person => {
    const random = randomStream(seed, "person", index);
    const isBusiness = random() < 0.15;
    const account = isBusiness ? accountOf(Math.floor(index / blockSize)) : null;
    const market = account?.market ?? pickWeighted(random, markets, (one) => one.weight);
    const firstDay = random() < 0.2 ? integer(random, 0, 20) : draw(random, days);
    const start = calendar.from + firstDay * daySeconds + timeOfDay(random, market);
    return drawPerson(random, index, market, account, start);
  };
  return { person, timeOfDay };
}

function drawPerson(
  random: Random,
  index: number,
  market: Market,
  account: Account | null,
  start: number,
): Person {
  const names = namesByCountry[market.country] ?? namesByCountry.DE;
  if (!names) throw new Error(`no names for ${market.country}`);
  const family = integer(random, 0, names.family.length - 1);
  const latin = names.latin[family] ?? "kopi";
  const channel = pickWeighted(random, channels, (one) =>
    account ? one.weight * (one.source === "linkedin" ? 5 : 1) : one.weight,
  );
  const sharesBrowser = index % 190 === 51;
  const browser = sharesBrowser ? index - 1 : index;
  return {
    index,
    random,
    market,
    account,
    first: pick(random, names.first),
    family: names.family[family] ?? "",
    email: account
      ? `${latin}.${index}@${account.domain}`
      : `${latin}${index}@${latin}${index}.example`,
    secondEmail: !account && index % 45 === 7 ? `${latin}.${index}@second-${index}.example` : null,
    city: account?.city ?? pick(random, names.cities),
    phone: `+${integer(random, 20, 98)}555${String(index).padStart(7, "0")}`,
    customerId: String(7_000_000_000 + index),
    browserId: `${1_000_000 + browser}.${1_700_000_000 + browser}`,
    device: random() < 0.58 ? "mobile" : "desktop",
    mailClient: account ? "corporate" : drawMailClient(random),
    channel,
    campaign: channel.campaigns.length > 0 ? pick(random, channel.campaigns) : "",
    click: clickParameter(random, channel),
    firstVisit: start,
    signsUp: sharesBrowser || random() < channel.signUp * (account ? 1.5 : 1),
    comesAnyway: random() >= channel.incrementalShare,
    sharesBrowser: sharesBrowser || (index + 1) % 190 === 51,
  };
}

function drawMailClient(random: Random): MailClient {
  const drawn = random();
  if (drawn < 0.46) return "apple";
  return drawn < 0.8 ? "gmail" : "outlook";
}

function makeAccount(random: Random, block: number): Account {
  const market = pickWeighted(random, markets, (one) => one.weight);
  const names = namesByCountry[market.country] ?? namesByCountry.DE;
  if (!names) throw new Error(`no names for ${market.country}`);
  return {
    id: String(9_100_000 + block),
    name: `${pick(random, names.companies)} ${block}`,
    domain: `firm-${block}.example`,
    market,
    city: pick(random, names.cities),
    industry: pick(random, industries),
    employees: 5 + Math.floor(random() * random() * 900),
  };
}

function dayWeight(calendar: Calendar, day: number): number {
  const weekday = (calendar.firstDay + day + 4) % 7;
  const month = Number((calendar.dayTexts[day] ?? "").slice(5, 7)) - 1;
  const growth = 1 + (0.5 * day) / calendar.days;
  return growth * (weekdayWeights[weekday] ?? 1) * (monthWeights[month] ?? 1);
}

function cumulative(weights: readonly number[]): readonly number[] {
  let total = 0;
  return weights.map((weight) => {
    total += weight;
    return total;
  });
}

function draw(random: Random, sums: readonly number[]): number {
  const target = random() * (sums.at(-1) ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
