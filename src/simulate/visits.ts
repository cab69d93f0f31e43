import { daySeconds } from "./calendar.ts";
import { type Channel, channels, products, shopAddress } from "./company.ts";
import { once } from "./customers.ts";
import type { Life } from "./life.ts";
import type { Order } from "./orders.ts";
import { integer, pick } from "./random.ts";
import type { World } from "./world.ts";
import type { Ga4Session, WriteEvent } from "./writers/ga4.ts";

/** A visit that is to happen. */
interface Visit {
  readonly at: number;
  readonly channel: Channel;
  readonly campaign: string;
  /** Click id as a query parameter. */
  readonly click: string;
  readonly purpose: "browse" | "sign_up" | "cart" | "order";
  /** Makes the order at the moment of purchase. */
  readonly order?: (at: number) => Order;
}

/** Seconds without a page view between two visits, at least; far above the 30 minutes that end a session. */
const quiet = 2700;

const pages = [
  "/",
  "/collections/beans",
  "/collections/machines",
  "/pages/brew-guide",
  "/pages/story",
  "/blogs/journal/water",
  "/pages/wholesale",
] as const;

/**
 * Lets a person visit the site and writes the visit's page views and actions.
 *
 * @returns when the visit ended, or null when it would lie beyond the period
 */
export function visit(life: Life, wanted: Visit): number | null {
  const { world, person } = life;
  const { random } = person;
  const { calendar, truth } = world;
  const earliest = life.lastVisitEnd + quiet + integer(random, 0, 600);
  const at = Math.max(ownHours(life, wanted.at), earliest);
  if (at + 3 * 3600 >= calendar.to) return null;
  life.visits += 1;
  if (calendar.isDoubledHour(at)) truth.faultCount("doubled_hour", "ga4");
  const day = calendar.dayOf(at);
  const isLost = day === missingDay(calendar.days);
  const write = isLost
    ? () => truth.faultCount("missing_day", "ga4")
    : counted(life, wanted.channel, {
        id: at,
        number: life.visits,
        landing: landingAddress(wanted),
        channel: wanted.channel,
        campaign: wanted.campaign,
        click: wanted.click,
      });
  const { end, views } = walk(life, wanted, at, write);
  life.lastVisitEnd = end;
  if (!isLost) countVisit(life, wanted.channel, calendar.monthOf(at), views);
  if (!isLost && random() < 0.08) return secondCampaign(life, wanted, end);
  return end;
}

/** Writes the events of a visit and counts its page views. */
function counted(life: Life, channel: Channel, session: Ga4Session): WriteEvent {
  const { world, person } = life;
  const path = `web.page_views.${channel.name}`;
  const write = world.writers.ga4.session(person, session);
  return (name, at, page, params) => {
    if (name === "page_view") world.truth.count(path, world.calendar.monthOf(at));
    write(name, at, page, params);
  };
}

/**
 * Returns the index of the day that the analytics export lacks.
 *
 * @param days number of days of the period
 */
function missingDay(days: number): number {
  return Math.floor(days * 0.62);
}

/** People who share a browser keep to their own hours, so that their visits never touch. */
function ownHours({ person }: Life, at: number): number {
  if (!person.sharesBrowser) return at;
  const start = person.index % 2 === 0 ? 4 : 14;
  const midnight = Math.floor(at / daySeconds) * daySeconds;
  return midnight + start * 3600 + Math.floor((at - midnight) / 6);
}

function landingAddress({ channel, campaign, click, purpose }: Visit): string {
  const path = purpose === "order" || purpose === "cart" ? "/collections/beans" : "/";
  if (channel.source === "") return `${shopAddress}${path}`;
  return `${shopAddress}${path}?utm_source=${channel.source}&utm_medium=${channel.medium}&utm_campaign=${encodeURIComponent(campaign)}${click}`;
}

function walk(
  life: Life,
  wanted: Visit,
  from: number,
  write: WriteEvent,
): { readonly end: number; readonly views: number } {
  const { random } = life.person;
  let at = from;
  if (life.visits === 1) write("first_visit", at, "/");
  write("session_start", at, "/");
  write("page_view", at, "/");
  let views = 1;
  const more = wanted.purpose === "browse" && random() < 0.38 ? 0 : integer(random, 1, 6);
  for (let page = 0; page < more; page += 1) {
    at += integer(random, 8, 240);
    if (random() < 0.35) {
      const product = pick(random, products);
      write("page_view", at, `/products/${product.sku.toLowerCase()}`);
      write(
        "view_item",
        at + 1,
        `/products/${product.sku.toLowerCase()}`,
        text("item_id", product.sku),
      );
      at += 1;
    } else {
      write("page_view", at, pick(random, pages));
    }
    views += 1;
  }
  at = act(life, wanted, at + integer(random, 10, 200), write);
  return { end: at, views };
}

const text = (key: string, value: string): string =>
  `,{"key":"${key}","value":{"string_value":"${value}"}}`;

/** What a visit is for, after the browsing. */
function act(life: Life, wanted: Visit, from: number, write: WriteEvent): number {
  const { person, world } = life;
  const { random } = person;
  let at = from;
  if (wanted.purpose === "sign_up") {
    const name = person.account ? "generate_lead" : "sign_up";
    write(name, at, "/", text("form_id", person.account ? "wholesale" : "newsletter"));
    return at;
  }
  if (wanted.purpose === "browse") return from - 1;
  write("add_to_cart", at, "/collections/beans");
  at += integer(random, 20, 200);
  write("begin_checkout", at, "/checkout");
  if (wanted.order === undefined) return at;
  at += integer(random, 40, 300);
  const order = wanted.order(at);
  write("purchase", at, "/checkout/thank-you", text("transaction_id", order.name));
  world.truth.count("web.purchases_seen", world.calendar.monthOf(at));
  return at;
}

function countVisit(life: Life, channel: Channel, month: number, views: number): void {
  const { truth } = life.world;
  truth.count(`web.sessions.${channel.name}`, month);
  if (views === 1) truth.count("web.single_page_sessions", month);
  countVisitor(life, visitorSeen(life), channel.name, month);
}

function countVisitor({ world }: Life, seen: Set<string>, channel: string, month: number): void {
  const { truth } = world;
  once({ seen }, `visitor ${month}`, () => truth.count("web.visitors", month));
  once({ seen }, `visitor ${channel} ${month}`, () =>
    truth.count(`web.visitors_by_channel.${channel}`, month),
  );
}

/** A browser of two people, who look like one visitor. */
interface SharedBrowser {
  readonly seen: Set<string>;
  readonly forms: { readonly life: Life; readonly at: number }[];
}

const sharedBrowsers = new WeakMap<World, Map<string, SharedBrowser>>();

function sharedBrowser({ world, person }: Life): SharedBrowser {
  const browsers = sharedBrowsers.get(world) ?? new Map<string, SharedBrowser>();
  sharedBrowsers.set(world, browsers);
  const known = browsers.get(person.browserId) ?? { seen: new Set(), forms: [] };
  browsers.set(person.browserId, known);
  return known;
}

/** What was counted of a visitor. */
function visitorSeen(life: Life): Set<string> {
  return life.person.sharesBrowser ? sharedBrowser(life).seen : life.seen;
}

/**
 * Counts the visit that a reader knows of a sign-up form alone: analytics lacks its day, or both who share the browser
 * sign up, so that its visits are nobody's. Such a visit comes from nowhere.
 *
 * @param at when the form was sent, in seconds since 1970
 */
export function countForm(life: Life, at: number): void {
  const { calendar } = life.world;
  if (life.person.sharesBrowser) {
    const { forms } = sharedBrowser(life);
    forms.push({ life, at });
    if (forms.length < 2) return;
    life.world.truth.list("shared_devices", life.person.browserId);
    for (const form of forms) countFormAlone(form.life, form.at);
  } else if (calendar.dayOf(at) === missingDay(calendar.days)) countFormAlone(life, at);
}

function countFormAlone(life: Life, at: number): void {
  const { calendar, truth } = life.world;
  const month = calendar.monthOf(at);
  truth.count("web.form_sessions.direct", month);
  countVisitor(life, life.seen, "direct", month);
}

/** A click on an ad a few minutes after a visit: a new session by change of campaign. */
function secondCampaign(life: Life, before: Visit, end: number): number {
  const { world, person } = life;
  const search = channels.find((one) => one.name === "paid search");
  if (!search || before.channel === search || before.channel.source === "") return end;
  const at = end + integer(person.random, 120, 600);
  const campaign = pick(person.random, search.campaigns);
  const write = counted(life, search, {
    id: at,
    number: life.visits,
    landing: landingAddress({
      ...before,
      channel: search,
      campaign,
      click: "&gclid=Cj0Kagain",
      purpose: "browse",
    }),
    channel: search,
    campaign,
    click: "",
  });
  write("page_view", at, "/");
  write("page_view", at + 30, "/collections/beans");
  life.lastVisitEnd = at + 30;
  countVisit(life, search, world.calendar.monthOf(at), 2);
  world.truth.faultCount("campaign_change_sessions", "ga4");
  return at + 30;
}

/** How someone who knows the shop comes back. */
export function returnOrigin({ person }: Life): Pick<Visit, "channel" | "campaign" | "click"> {
  const { random } = person;
  const drawn = random();
  const direct = channels.find((one) => one.name === "direct");
  const organic = channels.find((one) => one.name === "organic search");
  if (!direct || !organic) throw new Error("the channels of returning visitors are missing");
  if (drawn < 0.55) return { channel: direct, campaign: "", click: "" };
  if (drawn < 0.8) return { channel: organic, campaign: "", click: "" };
  const channel = pick(random, channels);
  const campaign = channel.campaigns.length > 0 ? pick(random, channel.campaigns) : "";
  return {
    channel,
    campaign,
    click: channel.clickId === null ? "" : `&${channel.clickId}=r${integer(random, 1e8, 9e8)}`,
  };
}
