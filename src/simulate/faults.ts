import { daySeconds } from "./calendar.ts";
import { channels } from "./company.ts";
import { countCustomer } from "./customers.ts";
import { newLife } from "./life.ts";
import { drawOrder, recordOrder } from "./orders.ts";
import { integer, randomStream } from "./random.ts";
import { recordPayment } from "./subscriptions.ts";
import type { World } from "./world.ts";

/**
 * Plants what goes wrong in real exports and is not part of anybody's life: robots, test orders, orders in an unknown
 * currency, rows that cannot be used.
 *
 * @param world what the run shares
 */
export function plantFaults(world: World): void {
  plantRobots(world);
  plantOrders(world);
  plantBadRows(world);
  const { calendar, truth } = world;
  truth.fact(
    "channels",
    channels.map((one) => ({
      name: one.name,
      source: one.source,
      sign_up_rate: one.signUp,
      buying_rate: one.buys,
      incremental_share: one.incrementalShare,
    })),
  );
  truth.fact(
    "clock_changes",
    calendar.clockChanges.map(({ at }) => `${calendar.utc(at).replace(" ", "T")}Z`),
  );
}

/** Robots read forty pages at one a second, with a headless browser. */
function plantRobots(world: World): void {
  const { calendar, seed, truth, writers } = world;
  const count = Math.max(2, Math.round(world.people / 800));
  for (let index = 0; index < count; index += 1) {
    const random = randomStream(seed, "robot", index);
    const start = calendar.from + integer(random, 0, calendar.days - 2) * daySeconds + 7200;
    const month = calendar.monthOf(start);
    if (calendar.monthOf(start + 60) !== month) continue;
    const day = (calendar.dayTexts[calendar.dayOf(start)] ?? "").replaceAll("-", "");
    let file = "";
    for (let page = 0; page < 40; page += 1) {
      const row = `{"event_date":"${day}","event_timestamp":"${start + page}000000","event_name":"page_view","event_params":[{"key":"page_location","value":{"string_value":"https://kopi-kiln.example/products/${page}"}},{"key":"ga_session_id","value":{"int_value":"${start}"}}],"user_pseudo_id":"9${index}.1","device":{"category":"desktop","operating_system":"Linux","language":"en-us","web_info":{"browser":"HeadlessChrome","hostname":"kopi-kiln.example"}},"geo":{"country":"(not set)"},"traffic_source":{"name":"(direct)","medium":"(none)","source":"(direct)"},"stream_id":"2100450278","platform":"WEB"}`;
      file = writers.ga4.raw(month, row, "taken").name;
    }
    truth.count("web.robots.page_views", month, 40);
    truth.count("web.robots.browsers", month);
    truth.faultCount("robot_page_views", file, 40);
  }
}

/** People beyond the last one place orders that everybody should see through, or that happen at an odd hour. */
function plantOrders(world: World): void {
  const { calendar, people, source } = world;
  const place = (number: number, at: number, isTest: boolean, currency?: string): void => {
    const person = { ...source.person(people + number), account: null };
    const life = newLife(world, person);
    const wish = { at, nth: 0, email: person.email, causedBy: null, isTest };
    const order = drawOrder(person, currency === undefined ? wish : { ...wish, currency });
    recordOrder(world, order);
    if (!isTest) countCustomer(life, at);
    if (currency !== undefined) {
      const note = `${order.name} in ${currency}`;
      world.truth.fault("unknown_currency", { file: "shopify", note });
    }
  };
  const day = (share: number): number =>
    calendar.from + Math.floor(calendar.days * share) * daySeconds + 36_000;
  for (let index = 0; index < 3; index += 1) place(index, day(0.1 + index / 12), true);
  for (let index = 3; index < 7; index += 1) place(index, day(0.1 + index / 12), false, "ZZZ");
  calendar.clockChanges.forEach(({ at }, index) => {
    place(10 + 2 * index, at - 1800, false);
    place(11 + 2 * index, at + 1800, false);
  });
  const person = source.person(people + 8);
  recordPayment({
    id: "py_test_1",
    life: newLife(world, person),
    at: calendar.from + 20 * daySeconds,
    amount: 100n,
    currency: "EUR",
    refunded: 0n,
    refundedAt: null,
    isPaid: true,
    isTest: true,
  });
  world.truth.fault("test_orders", { file: "stripe", note: "py_test_1" });
}

/** Notes a row that cannot be used. */
type Note = (where: { readonly file: string; readonly row: number }, reason: string) => void;

function plantBadRows(world: World): void {
  const { calendar, truth, writers } = world;
  const middle = Math.floor(calendar.months.length / 2);
  const note: Note = (where, reason) => truth.fault("bad_rows", { ...where, note: reason });
  note(
    writers.shopify.bad(middle, {
      Name: "#BAD-1",
      Email: "nobody@example.org",
      "Financial Status": "paid",
      Currency: "EUR",
      Subtotal: "10.00",
      Shipping: "0.00",
      Taxes: "0.00",
      Total: "10.00",
      "Created at": "31.02.2025 25:61",
      "Lineitem quantity": "1",
      "Lineitem name": "Broken date",
      "Lineitem price": "10.00",
      Id: "5100000001",
    }),
    "no such day",
  );
  note(
    writers.shopify.bad(middle, {
      Name: "#BAD-2",
      Email: "nobody@example.org",
      "Financial Status": "paid",
      Currency: "EUR",
      Subtotal: "n/a",
      Shipping: "n/a",
      Taxes: "n/a",
      Total: "n/a",
      "Created at": calendar.localWithOffset(calendar.from + 86_400),
      "Lineitem quantity": "many",
      "Lineitem name": "Broken amount",
      "Lineitem price": "n/a",
      Id: "5100000002",
    }),
    "amounts are not numbers",
  );
  plantBadEvents(world, middle, note);
}

function plantBadEvents({ writers }: World, middle: number, note: Note): void {
  note(
    writers.hubspot.rawDeal({
      "Deal Name": "No id",
      "Deal Stage": "Tasting",
      Amount: "100",
      "Create Date": "2025-01-01 10:00",
    }),
    "no id",
  );
  note(
    writers.sendgrid.raw(
      `{"email":"nobody@example.org","timestamp":"yesterday","event":"open","sg_event_id":"bad1","sg_message_id":"bad1"}`,
      middle,
    ),
    "time is a word",
  );
  note(
    writers.klaviyo.raw(
      "badrow1,01KK,,,,,not a date,not a date,false,Q4q6PC,Received Email,,,,,,,,,,,,,",
      middle,
    ),
    "no such time",
  );
  note(
    writers.stripe.raw({
      id: "py_bad",
      "Created date (UTC)": "2025-00-00",
      Amount: "free",
      Currency: "eur",
      Status: "Paid",
      "Customer Email": "nobody@example.org",
      Mode: "Live",
    }),
    "no such day, amount is a word",
  );
  const row = `{"event_date":"20250101","event_timestamp":"soon","event_name":"page_view","event_params":[],"user_pseudo_id":"1.1","platform":"WEB"}`;
  const file = writers.ga4.raw(middle, row, "rejected");
  note({ file: file.name, row: file.counts.rows }, "time is a word");
}
