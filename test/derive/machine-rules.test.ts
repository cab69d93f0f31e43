import { describe, expect, it } from "vitest";
import { identityMap } from "../../src/derive/identity-map.ts";
import { interactions } from "../../src/derive/interactions.ts";
import { machineRules } from "../../src/derive/machine-rules.ts";
import { peopleTable } from "../../src/derive/people.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { sightings } from "../../src/derive/sightings.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { emptyLedger, identityOf, type Recorded, record } from "./ledger.ts";

const tables = [identityMap, sightings, peopleTable, interactions];
const second = (seconds: number): string =>
  new Date(Date.UTC(2025, 2, 1, 9, 0, 0) + Math.round(seconds * 1000))
    .toISOString()
    .slice(0, 23)
    .replace("T", " ");

/** Judges events and returns the machine class by the event's own label. */
async function judge(events: readonly Recorded[]): Promise<ReadonlyMap<string, string | null>> {
  const store = await emptyLedger();
  await record(store, "events", events);
  await refresh(store, defaultSettings, { tables });
  const rows = await store.query(
    raw("SELECT detail, machine, machine_rule FROM derived.interactions"),
  );
  await store.close();
  return new Map(
    rows.map((row) => [
      String(row.detail),
      row.machine_rule === null ? null : String(row.machine_rule),
    ]),
  );
}

/** A generator of numbers in [0, 1) that always gives the same ones. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/**
 * A campaign to 600 people: scanners, humans, and humans behind scanners, each event labelled with the truth. Some
 * scanners pause for up to six seconds between links, and some people open links in new tabs seconds apart.
 */
function campaign(): readonly Recorded[] {
  const random = seeded(11);
  const events: Recorded[] = [];
  const add = (person: number, kind: string, at: number, who: string, link: string | null = null) =>
    events.push({
      id: String(events.length),
      identity: identityOf("email", `p${person}@x.example`),
      kind,
      occurred_at: second(at),
      message: "spring",
      link,
      user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36",
      detail: `${who} ${events.length}`,
    });
  const act = (person: number, who: string, begin: number, links: number, pause: () => number) => {
    add(person, "email_opened", begin - 3 * random(), who);
    let at = begin;
    for (let link = 0; link < links; link += 1) {
      add(person, "email_clicked", at, who, `https://shop.example/${link}`);
      at += pause();
    }
  };
  const scannerPause = () => (random() < 0.85 ? random() * 1.5 : random() * 6);
  const humanPause = () => (random() < 0.15 ? 1.5 + random() * 4 : 5 + random() * 60);
  for (let person = 0; person < 600; person += 1) {
    const sent = random() * 30;
    add(person, "email_sent", sent, "send");
    add(person, "email_delivered", sent + 1 + random() * 4, "send");
    if (person % 3 === 0) {
      act(person, "scanner", sent + 20 + random() * 600, 4 + (person % 9), scannerPause);
    }
    if (person % 2 === 0) {
      act(person, "human", sent + 900 + random() * 7200, 1 + (person % 4), humanPause);
    }
  }
  return events;
}

describe("machine rules", () => {
  it("find scanner bursts by their pace, and leave people on the same message alone", async () => {
    const judged = await judge(campaign());
    const count = (who: string, isMachine: boolean): number =>
      [...judged].filter(([label, rule]) => label.startsWith(who) && (rule !== null) === isMachine)
        .length;
    const [caught, missed] = [count("scanner", true), count("scanner", false)];
    const [accused, spared] = [count("human", true), count("human", false)];
    const precision = caught / (caught + accused);
    const recall = caught / (caught + missed);
    const bySeconds = [...judged].filter(
      ([label, rule]) => label.startsWith("scanner") && rule === "instant@1",
    );
    process.stdout.write(
      `scanner bursts: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)} (${caught} caught, ${missed} missed, ${accused} of ${accused + spared} human actions accused; the rule of seconds after delivery alone: ${bySeconds.length})\n`,
    );
    expect(precision).toBeGreaterThan(0.97);
    expect(recall).toBeGreaterThan(0.85);
  });

  it("know agents, networks, vendors' flags, invisible links and instant opens", async () => {
    const open = (label: string, more: Recorded): Recorded => ({
      id: label,
      detail: label,
      identity: identityOf("email", `${label}@x.example`),
      kind: "email_opened",
      message: label,
      occurred_at: "2025-03-01 10:30:15",
      ...more,
    });
    const sent = (label: string, more: Recorded): Recorded => ({
      ...open(label, more),
      id: `${label} sent`,
      detail: `${label} sent`,
    });
    const judged = await judge([
      open("apple", { user_agent: "Mozilla/5.0" }),
      open("gmail", {
        user_agent:
          "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
      }),
      open("barracuda", { user_agent: "BarracudaCentral/1.0" }),
      open("script", { user_agent: "python-requests/2.31", kind: "email_clicked" }),
      open("proofpoint", { network: "148.163.150.7" }),
      open("home", { network: "148.163.170.7" }),
      open("flagged", { machine: true }),
      open("trap", { kind: "email_clicked", link: "https://x.example/honeypot" }),
      sent("instant", { kind: "email_delivered", occurred_at: "2025-03-01 10:30:14.500" }),
      open("instant", {}),
      sent("later", { kind: "email_delivered", occurred_at: "2025-03-01 10:30:10" }),
      open("later", {}),
      sent("by the minute", { kind: "email_sent", occurred_at: "2025-03-01 10:30:00" }),
      open("by the minute", { occurred_at: "2025-03-01 10:30:00" }),
      open("crawler", {
        kind: "page_viewed",
        user_agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
      }),
      open("visitor", {
        kind: "page_viewed",
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1",
      }),
      open("robot", { kind: "page_viewed", machine: true }),
    ]);
    const rules = [...judged].filter(([label]) => !label.endsWith(" sent"));
    expect(Object.fromEntries(rules)).toEqual({
      apple: "apple_privacy@1",
      gmail: null,
      barracuda: "scanner_agent@1",
      script: "robot_agent@1",
      proofpoint: "scanner_network@1",
      home: null,
      flagged: "vendor_flag@1",
      trap: "invisible_link@1",
      instant: "instant@1",
      later: null,
      "by the minute": null,
      crawler: "site_bot@1",
      visitor: null,
      robot: "vendor_bot@1",
    });
  });

  it("have ids that are used once", () => {
    const ids = machineRules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
