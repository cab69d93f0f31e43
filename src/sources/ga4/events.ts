import {
  clickId,
  constant,
  first,
  is,
  joined,
  not,
  oneOf,
  parameter,
  present,
  text,
  time,
  urlParameter,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

/**
 * GA4's export of events: as BigQuery exports it (JSON, one event per line), and as a warehouse sync flattens it.
 *
 * GA4 has no id for an event: browser, name, timestamp and place in its bundle identify it. Purchases are goals here:
 * the money is taken from the shop or the payment provider. An event that GA4 itself or its guidelines name, and that
 * is no goal by itself, counts as engagement; every other name is a goal under its own name, because the export does not
 * say which events are key events. `traffic_source` is left out: it tells how a person first came, not this visit.
 */
const vendor = "ga4";

const engagements = [
  "user_engagement",
  "scroll",
  "view_item_list",
  "select_item",
  "view_promotion",
  "select_promotion",
  "view_cart",
  "add_to_wishlist",
  "view_search_results",
  "search",
  "select_content",
  "video_start",
  "video_progress",
  "form_start",
  "app_update",
  "os_update",
  "experience_impression",
] as const;

const kinds: Readonly<Record<string, string>> = {
  page_view: "page_viewed",
  screen_view: "page_viewed",
  session_start: "visit_started",
  first_visit: "visit_started",
  first_open: "visit_started",
  ...Object.fromEntries(engagements.map((name) => [name, "engaged"])),
  view_item: "product_viewed",
  add_to_cart: "cart_updated",
  remove_from_cart: "cart_updated",
  begin_checkout: "checkout_started",
  form_submit: "form_submitted",
  generate_lead: "form_submitted",
  click: "link_clicked",
  video_complete: "video_watched",
};

const goalless = Object.keys(kinds).filter((name) => kinds[name] !== "form_submitted");

const goalOf = (name: string): Expression =>
  when(
    not(is(name, ...goalless)),
    first(oneOf(name, { purchase: "purchase (GA4)" }, null), text(name)),
  );

/** What the two shapes name differently. */
interface Shape {
  readonly name: string;
  readonly key: readonly Expression[];
  readonly occurredAt: Expression;
  readonly parameter: (name: string) => Expression;
  readonly clickIdGiven: Expression;
  readonly country: Expression;
  readonly device: Expression;
  readonly manual: (name: string) => Expression;
}

const without: Source["skip"] = {
  when: not(present("user_pseudo_id")),
  reason: "an event without a browser id: consent was not given, GA4 only models it",
};

function recorded(shape: Shape): Source["record"] {
  const page = shape.parameter("page_location");
  return [
    {
      into: "events",
      key: shape.key,
      who: { id: text("user_id"), anonymous: text("user_pseudo_id") },
      set: {
        occurred_at: shape.occurredAt,
        kind: oneOf(shape.name, kinds, "goal_reached"),
        goal: goalOf(shape.name),
        session: shape.parameter("ga_session_id"),
        page,
        link: shape.parameter("link_url"),
        referrer: shape.parameter("page_referrer"),
        utm_source: first(
          urlParameter(page, "utm_source"),
          shape.parameter("source"),
          shape.manual("source"),
        ),
        utm_medium: first(
          urlParameter(page, "utm_medium"),
          shape.parameter("medium"),
          shape.manual("medium"),
        ),
        campaign: first(
          urlParameter(page, "utm_campaign"),
          shape.parameter("campaign"),
          shape.manual("campaign_name"),
        ),
        utm_term: first(urlParameter(page, "utm_term"), shape.parameter("term")),
        utm_content: first(urlParameter(page, "utm_content"), shape.parameter("content")),
        click_id: first(clickId(page), when(present(shape.clickIdGiven), constant("gclid"))),
        asset: first(shape.parameter("form_id"), shape.parameter("file_name")),
        country: shape.country,
        device: shape.device,
        user_agent: first(text("device", "web_info", "browser"), text("device", "browser")),
      },
    },
  ];
}

/** Events of GA4. */
export const ga4Exports: readonly Source[] = [
  {
    id: "ga4/events",
    vendor,
    title: "Event export (BigQuery, JSON)",
    columns: ["event_timestamp", "event_name", "event_params", "user_pseudo_id"],
    also: ["event_date", "device", "geo", "traffic_source", "items"],
    skip: without,
    record: recorded({
      name: "event_name",
      key: [
        text("user_pseudo_id"),
        text("event_timestamp"),
        text("event_name"),
        text("event_bundle_sequence_id"),
        joined("/", "batch_page_id", "batch_ordering_id", "batch_event_index"),
        parameter("event_params", "page_location"),
      ],
      occurredAt: time("event_timestamp", { unit: "microseconds" }),
      parameter: (name) => parameter("event_params", name),
      clickIdGiven: text("collected_traffic_source", "gclid"),
      country: text("geo", "country"),
      device: text("device", "category"),
      manual: (name) => text("collected_traffic_source", `manual_${name}`),
    }),
  },
  {
    id: "ga4/flat-events",
    vendor,
    title: "Event export (synced table)",
    columns: ["name", "timestamp", "user_pseudo_id", "bundle_sequence_id", "platform"],
    also: ["event_dimensions_hostname", "param_ga_session_id", "device_category", "geo_country"],
    skip: without,
    record: recorded({
      name: "name",
      key: [
        text("user_pseudo_id"),
        text("timestamp"),
        text("name"),
        text("bundle_sequence_id"),
        joined("/", "batch_page_id", "batch_ordering_id", "batch_event_index"),
        text("_fivetran_id"),
      ],
      occurredAt: time("timestamp"),
      parameter: (name) => text(`param_${name}`),
      clickIdGiven: first("param_gclid", "collected_traffic_source_gclid"),
      country: text("geo_country"),
      device: text("device_category"),
      manual: (name) => text(`collected_traffic_source_manual_${name}`),
    }),
  },
];
