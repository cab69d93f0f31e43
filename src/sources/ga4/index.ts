import {
  allOf,
  anyOf,
  capture,
  clickId,
  constant,
  day,
  first,
  is,
  not,
  number,
  oneOf,
  present,
  text,
  time,
  urlParameter,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

/**
 * GA4's export of events (BigQuery, as JSON), and its report by day.
 *
 * An event's parameters are a list of keys and values; the few that matter are cut out of its text, which is many
 * times faster than unnesting every list. GA4 has no id for an event: browser, timestamp in microseconds and name
 * identify it. Purchases are goals here: the money is taken from the shop or the payment provider.
 */
const parameter = (name: string): Expression =>
  capture(
    "event_params",
    `"key"\\s*:\\s*"${name}"\\s*,\\s*"value"\\s*:\\s*\\{[^}]*"string_value"\\s*:\\s*"([^"]*)"`,
  );
const wholeParameter = (name: string): Expression =>
  capture(
    "event_params",
    `"key"\\s*:\\s*"${name}"\\s*,\\s*"value"\\s*:\\s*\\{[^}]*"int_value"\\s*:\\s*"?(\\d+)`,
  );

const kinds: Readonly<Record<string, string>> = {
  page_view: "page_viewed",
  screen_view: "page_viewed",
  session_start: "visit_started",
  first_visit: "visit_started",
  user_engagement: "engaged",
  scroll: "engaged",
  view_item: "product_viewed",
  add_to_cart: "cart_updated",
  remove_from_cart: "cart_updated",
  begin_checkout: "checkout_started",
  form_submit: "form_submitted",
  generate_lead: "form_submitted",
  click: "link_clicked",
  video_complete: "video_watched",
};

const page = parameter("page_location");

/** Everything of this vendor that can be recognised. */
export const ga4: readonly Source[] = [
  {
    id: "ga4/events",
    vendor: "ga4",
    title: "Event export (BigQuery, JSON)",
    columns: ["event_timestamp", "event_name", "event_params", "user_pseudo_id"],
    also: ["event_date", "device", "geo", "traffic_source", "items"],
    skip: {
      when: not(present("user_pseudo_id")),
      reason: "an event without a browser id: consent was not given, GA4 only models it",
    },
    record: [
      {
        into: "events",
        key: [text("user_pseudo_id"), text("event_timestamp"), text("event_name"), page],
        who: { id: text("user_id"), anonymous: text("user_pseudo_id") },
        set: {
          occurred_at: time("event_timestamp", { unit: "microseconds" }),
          kind: oneOf("event_name", kinds, "goal_reached"),
          goal: oneOf(
            "event_name",
            {
              ...Object.fromEntries(Object.keys(kinds).map((name) => [name, ""])),
              form_submit: "form_submit",
              generate_lead: "generate_lead",
              purchase: "purchase (GA4)",
              sign_up: "sign_up",
              login: "login",
              file_download: "file_download",
              share: "share",
              search: "search",
              view_search_results: "search",
              add_payment_info: "add_payment_info",
              add_shipping_info: "add_shipping_info",
            },
            "other",
          ),
          session: wholeParameter("ga_session_id"),
          page,
          link: parameter("link_url"),
          referrer: parameter("page_referrer"),
          utm_source: first(urlParameter(page, "utm_source"), parameter("source")),
          utm_medium: first(urlParameter(page, "utm_medium"), parameter("medium")),
          campaign: first(urlParameter(page, "utm_campaign"), parameter("campaign")),
          utm_term: urlParameter(page, "utm_term"),
          utm_content: urlParameter(page, "utm_content"),
          click_id: clickId(page),
          asset: first(parameter("form_id"), parameter("file_name")),
          country: text("geo", "country"),
          device: text("device", "category"),
          user_agent: text("device", "web_info", "browser"),
        },
      },
    ],
  },
  {
    id: "ga4/report",
    vendor: "ga4",
    title: "Traffic report by day (CSV)",
    columns: ["Date", "Views", "Sessions"],
    also: [
      "Session primary channel group (Default channel group)",
      "Session source / medium",
      "Session campaign",
      "Engaged sessions",
      "Key events",
      "Total users",
    ],
    fileName: /ga4|analytics|traffic/i,
    zone: "workspace",
    record: (
      [
        ["page_viewed", "Views"],
        ["goal_reached", "Key events"],
      ] as const
    ).map(([kind, column]) => ({
      into: "events" as const,
      when: allOf(present(column), not(anyOf(is(column, "0")))),
      key: [
        constant("report"),
        text("Date"),
        text("Session source / medium"),
        text("Session campaign"),
        text("Session primary channel group (Default channel group)"),
        constant(kind),
      ],
      set: {
        occurred_at: time(day("Date")),
        kind: constant(kind),
        quantity: number(column),
        utm_source: capture("Session source / medium", "^(.*?) / "),
        utm_medium: capture("Session source / medium", " / (.*)$"),
        campaign: text("Session campaign"),
      },
    })),
  },
];
