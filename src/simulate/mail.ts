import { daySeconds } from "./calendar.ts";
import { emailChannel, shopAddress } from "./company.ts";
import type { Life } from "./life.ts";
import { integer, pick, type Random } from "./random.ts";
import { visit } from "./visits.ts";
import type { World } from "./world.ts";
import type { Newsletter } from "./writers/klaviyo.ts";
import type { SendgridMessage } from "./writers/sendgrid.ts";

/** What becomes of one mail, all instants in seconds since 1970; null where it does not happen. */
interface Fate {
  readonly bounce: "hard" | "soft" | null;
  readonly machineOpen: number | null;
  readonly open: number | null;
  readonly click: number | null;
  /** A scanner follows every link within seconds. */
  readonly burst: number | null;
  readonly complaint: number | null;
  readonly unsubscribe: number | null;
}

/** Links that every mail carries, besides the one to unsubscribe. */
export const mailLinks = [
  "/",
  "/collections/beans",
  "/collections/machines",
  "/pages/brew-guide",
  "/pages/story",
] as const;

/** Agents of scanners; the last look like anybody's browser. */
const scannerAgents = [
  "Mozilla/5.0 (compatible; ProofpointURLDefense/1.0)",
  "BarracudaCentral/1.0 (+https://scanner.example)",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
] as const;

const openAgents = {
  apple: "Mozilla/5.0",
  gmail:
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
  outlook:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
  corporate:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Outlook/16.0 Safari/537.36",
} as const;

function drawFate({ person, content }: Life, sentAt: number): Fate {
  const { random, mailClient, account } = person;
  const none = {
    bounce: null,
    machineOpen: null,
    open: null,
    click: null,
    burst: null,
    complaint: null,
    unsubscribe: null,
  };
  const drawn = random();
  if (drawn < 0.006) return { ...none, bounce: "hard" };
  if (drawn < 0.014) return { ...none, bounce: "soft" };
  const isApple = mailClient === "apple";
  const hasOpened = random() < 0.16 + content * 0.24;
  const open = hasOpened ? sentAt + 150 + integer(random, 60, 2 * daySeconds) : null;
  const clicks = hasOpened && random() < 0.1 + content * 0.08;
  const seen = open ?? sentAt;
  const scans = account !== null && Number(account.id) % 3 === 0 && random() < 0.8;
  return {
    bounce: null,
    machineOpen: isApple && random() < 0.95 ? sentAt + integer(random, 3, 20) : null,
    open: isApple ? null : open,
    click: clicks ? seen + integer(random, 20, 400) : null,
    burst: scans ? sentAt + integer(random, 6, 28) : null,
    complaint: hasOpened && random() < 0.0015 ? seen + 30 : null,
    unsubscribe: hasOpened && random() < 0.006 ? seen + 45 : null,
  };
}

/**
 * Sends the weekly newsletter to someone from an instant on, for as long as they are subscribed.
 *
 * @param from when they subscribed, in seconds since 1970
 */
export function receiveNewsletters(life: Life, from: number): void {
  const { world, agenda } = life;
  const schedule = newsletterTimes(world);
  let next = schedule.findIndex((one) => one.sentAt > from);
  if (next < 0) return;
  const send = (second: number): void => {
    const newsletter = schedule[next];
    if (!newsletter || !life.subscribed || life.unreachable) return;
    sendNewsletter(life, newsletter, second);
    next += 1;
    const following = schedule[next];
    if (following) agenda.at(following.sentAt, send);
  };
  agenda.at(schedule[next]?.sentAt ?? world.calendar.to, send);
}

const schedules = new WeakMap<World, readonly Newsletter[]>();

const subjects = [
  "Fresh from the kiln",
  "New harvest from Gayo",
  "Brew better at home",
  "Letter from the roastery",
  "Last bags of Huila",
];

/**
 * Returns the newsletters of the period: every Tuesday at eight in the morning, UTC.
 *
 * @param world what the run shares
 */
export function newsletterTimes(world: World): readonly Newsletter[] {
  const known = schedules.get(world);
  if (known) return known;
  const { calendar } = world;
  const made: Newsletter[] = [];
  for (let day = 0; day < calendar.days; day += 1) {
    if ((calendar.firstDay + day + 4) % 7 !== 2) continue;
    const number = made.length + 1;
    made.push({
      id: `KKN${String(number).padStart(3, "0")}`,
      variation: `KKV${String(number).padStart(3, "0")}`,
      name: `Newsletter ${String(number).padStart(3, "0")}`,
      subject: subjects[number % subjects.length] ?? "Fresh from the kiln",
      sentAt: (calendar.firstDay + day) * daySeconds + 8 * 3600,
    });
  }
  schedules.set(world, made);
  return made;
}

function sendNewsletter(life: Life, newsletter: Newsletter, sentAt: number): void {
  const { world, person } = life;
  const fate = drawFate(life, sentAt);
  const { event } = world.writers.klaviyo;
  const month = world.calendar.monthOf(sentAt);
  const happens = (at: number | null): at is number => at !== null && at < world.calendar.to;
  world.truth.count("email.klaviyo.sent", month);
  if (fate.bounce !== null) {
    event(person, "Bounced Email", newsletter, sentAt + 2, {
      bounce: fate.bounce === "hard" ? "Hard" : "Soft",
    });
    countFate(life, "klaviyo", fate, month);
    return;
  }
  event(person, "Received Email", newsletter, sentAt + 1);
  if (happens(fate.machineOpen))
    event(person, "Opened Email", newsletter, fate.machineOpen, {
      isMachine: true,
      client: "Apple Mail Privacy",
    });
  if (happens(fate.burst)) {
    mailLinks.forEach((link, place) => {
      event(person, "Clicked Email", newsletter, (fate.burst ?? 0) + Math.floor(place / 2), {
        url: `${shopAddress}${link}`,
        client: "Chrome",
      });
    });
  }
  if (happens(fate.open))
    event(person, "Opened Email", newsletter, fate.open, {
      client: person.mailClient === "gmail" ? "Gmail" : "Outlook",
    });
  if (happens(fate.click))
    event(person, "Clicked Email", newsletter, fate.click, {
      url: `${shopAddress}${pick(person.random, mailLinks)}`,
      client: "Chrome",
    });
  if (happens(fate.complaint)) event(person, "Marked Email as Spam", newsletter, fate.complaint);
  if (happens(fate.unsubscribe)) event(person, "Unsubscribed", newsletter, fate.unsubscribe);
  countFate(life, "klaviyo", fate, month);
  follow(life, fate, newsletter.name);
}

/** A mail of the delivery service. */
interface AutomatedMail {
  /** Automation that sends it; empty for transactional mails. */
  readonly automation: string;
  readonly category: string;
  readonly number: number;
}

/**
 * Sends a mail through the delivery service.
 *
 * @param sentAt in seconds since 1970
 * @returns whether it arrived
 */
export function sendAutomated(life: Life, mail: AutomatedMail, sentAt: number): boolean {
  const { world, person } = life;
  if (life.unreachable || sentAt + 10 >= world.calendar.to) return false;
  const fate = drawFate(life, sentAt);
  const month = world.calendar.monthOf(sentAt);
  const message: SendgridMessage = {
    id: `m${person.index.toString(36)}-${mail.category}-${mail.number}`,
    email: life.email,
    category: mail.category,
    automation: mail.automation,
  };
  writeFate(life, message, fate, sentAt);
  world.truth.count("email.sendgrid.sent", month);
  countFate(life, "sendgrid", fate, month);
  if (mail.automation === "cart_recovery") life.shopping.reminders.push(sentAt);
  if (mail.automation !== "") {
    world.truth.count(`effects.automations.${mail.automation}.mails_sent`, month);
    follow(life, fate, mail.automation);
  }
  return fate.bounce === null;
}

function writeFate(life: Life, message: SendgridMessage, fate: Fate, sentAt: number): void {
  const { world, person } = life;
  const { random } = person;
  const { event } = world.writers.sendgrid;
  const happens = (at: number | null): at is number => at !== null && at < world.calendar.to;
  event(message, "processed", sentAt);
  if (fate.bounce !== null) {
    const detail =
      fate.bounce === "hard"
        ? `,"reason":"550 5.1.1 The email account that you tried to reach does not exist.","status":"5.1.1","type":"bounce"`
        : `,"reason":"452 4.2.2 The mailbox is full.","status":"4.2.2","type":"blocked"`;
    event(message, "bounce", sentAt + 2, detail);
    return;
  }
  event(message, "delivered", sentAt + 1, `,"response":"250 OK"`);
  if (happens(fate.machineOpen))
    event(message, "open", fate.machineOpen, seen(openAgents.apple, "17.58.0.1", random() < 0.9));
  if (happens(fate.burst)) {
    const agent = pick(random, scannerAgents);
    event(message, "open", fate.burst, seen(agent, "198.51.100.7", false));
    mailLinks.forEach((link, place) => {
      event(
        message,
        "click",
        (fate.burst ?? 0) + Math.floor(place / 2),
        clicked(link, agent, "198.51.100.7"),
      );
    });
  }
  const agent = openAgents[person.mailClient];
  if (happens(fate.open)) event(message, "open", fate.open, seen(agent, "203.0.113.9", false));
  if (happens(fate.click))
    event(
      message,
      "click",
      fate.click,
      clicked(pick(random, mailLinks), browserAgent(random), "203.0.113.9"),
    );
  if (happens(fate.complaint)) event(message, "spamreport", fate.complaint);
  if (happens(fate.unsubscribe)) event(message, "unsubscribe", fate.unsubscribe);
}

const seen = (agent: string, network: string, isMachine: boolean): string =>
  `,"useragent":"${agent}","ip":"${network}","sg_machine_open":${isMachine}`;

const clicked = (link: string, agent: string, network: string): string =>
  `,"useragent":"${agent}","ip":"${network}","url":"${shopAddress}${link}","url_offset":{"index":0,"type":"html"}`;

function browserAgent(random: Random): string {
  return pick(random, [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
  ]);
}

/** Counts a message by the month in which it was sent; what would happen after the period does not count. */
function countFate(life: Life, system: "klaviyo" | "sendgrid", fate: Fate, month: number): void {
  const { truth, calendar } = life.world;
  const add = (name: string): void => truth.count(`email.${system}.${name}`, month);
  const happens = (at: number | null): boolean => at !== null && at < calendar.to;
  if (fate.bounce !== null) {
    add(`${fate.bounce}_bounced`);
    if (fate.bounce === "hard") life.unreachable = true;
    return;
  }
  add("delivered");
  if (happens(fate.complaint)) add("complained");
  if (happens(fate.unsubscribe)) add("unsubscribed");
  if (happens(fate.machineOpen)) add("privacy_proxy_opens");
  if (happens(fate.burst)) add("scanner_bursts");
  if (happens(fate.open)) add("human_opened");
  if (happens(fate.click)) add("human_clicked");
  else if (happens(fate.burst)) add("machine_clicked_only");
  const isHuman = happens(fate.open) || happens(fate.click);
  if (isHuman) add("human_opened_or_clicked");
  else if (happens(fate.machineOpen) || happens(fate.burst)) add("machine_opened_or_clicked_only");
}

/** A click is a visit; an unsubscribe or complaint ends the newsletters. */
function follow(life: Life, fate: Fate, campaign: string): void {
  const { agenda } = life;
  if (fate.click !== null) {
    agenda.at(fate.click, (second) => {
      visit(life, { at: second, channel: emailChannel, campaign, click: "", purpose: "browse" });
    });
  }
  const left = fate.unsubscribe ?? fate.complaint;
  if (left !== null) {
    agenda.at(left, () => {
      life.subscribed = false;
    });
  }
}
