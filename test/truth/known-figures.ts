import type { Tree } from "../simulate/simulated.ts";
import { at } from "../simulate/simulated.ts";
import { type Asked, negated, summed } from "./company.ts";

/** A question per month, and what is true. */
export interface Known {
  readonly about: string;
  readonly asked: Asked;
  readonly truth: Readonly<Record<string, string>>;
}

const fromShop = 'data_source = "shopify/orders-export"';

/** Every figure of the simulated company that its truth knows. */
export function knownFigures(truth: Tree): readonly Known[] {
  const known = (asked: Asked, ...paths: readonly string[]): Known => {
    const { metric, part = "", filter = "" } = asked;
    const about = [metric, part, filter].filter((text) => text !== "").join(" ");
    return { about, asked, truth: summed(truth, ...paths) };
  };
  const of = (metric: string, ...paths: readonly string[]): Known => known({ metric }, ...paths);
  const above = (metric: string, ...paths: readonly string[]): Known =>
    known({ metric, part: "numerator" }, ...paths);
  const below = (metric: string, ...paths: readonly string[]): Known =>
    known({ metric, part: "denominator" }, ...paths);
  const under = (path: string): readonly string[] =>
    Object.keys(at(truth, path)).map((name) => `${path}.${name}`);
  const turned = (one: Known): Known => ({ ...one, truth: negated(one.truth) });
  const channels = Object.keys(at(truth, "web.sessions"));
  return [
    ...money(of, known, turned),
    ...mail(truth, of, above, known),
    ...web(of, above, known, under, channels),
    ...work(of, above, below, known),
    ...costs(of, known, under, truth),
  ];
}

type Of = (metric: string, ...paths: readonly string[]) => Known;
type Under = (path: string) => readonly string[];
type Make = (asked: Asked, ...paths: readonly string[]) => Known;

function money(of: Of, known: Make, turned: (one: Known) => Known): readonly Known[] {
  const line = (metric: string, kind: string): Known =>
    known({ metric, filter: fromShop }, `revenue_eur.shopify_lines.${kind}`);
  const from = (source: string, path: string): Known =>
    known({ metric: "revenue", filter: `data_source = "${source}"` }, `revenue_eur.${path}`);
  return [
    of("revenue", "revenue_eur.total"),
    from("shopify/orders-export", "shopify"),
    from("stripe/payments", "stripe"),
    from("hubspot/deals-export", "deals"),
    line("gross_sales", "sale"),
    turned(line("discounts", "discount")),
    turned(line("refunds", "refund")),
    of("orders", "orders.shopify.orders", "orders.stripe.payments", "deals.won"),
    known({ metric: "orders", filter: fromShop }, "orders.shopify.orders"),
    of("new_customers", "customers.new"),
    of("buyers", "customers.buying"),
    of("carts", "carts.all"),
    known({ metric: "cart_abandonment_rate", part: "numerator" }, "carts.abandoned"),
    known({ metric: "cart_abandonment_rate", part: "denominator" }, "carts.mature"),
    known({ metric: "cart_recovery_rate", part: "numerator" }, "carts.recovered"),
    of("recovered_revenue", "carts.recovered_revenue_eur"),
  ];
}

function mail(truth: Tree, of: Of, above: Of, known: Make): readonly Known[] {
  const both = (...names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [`email.klaviyo.${name}`, `email.sendgrid.${name}`]);
  const bySystem = Object.keys(at(truth, "email")).flatMap((system) => {
    const filter = `data_source = "${system === "klaviyo" ? "klaviyo/events" : "sendgrid/events"}"`;
    return (
      [
        ["emails_sent", "sent"],
        ["emails_delivered", "delivered"],
        ["email_opens", "human_opened_or_clicked"],
        ["email_clicks", "human_clicked"],
      ] as const
    ).map(([metric, name]) => known({ metric, filter }, `email.${system}.${name}`));
  });
  return [
    ...bySystem,
    of("email_bounces", ...both("hard_bounced", "soft_bounced")),
    above("email_bounce_rate@hard", ...both("hard_bounced")),
    above("email_bounce_rate@soft", ...both("soft_bounced")),
    of("unsubscribes", ...both("unsubscribed")),
    of("spam_complaints", ...both("complained")),
    of("email_opens@all", ...both("human_opened_or_clicked", "machine_opened_or_clicked_only")),
    of("email_clicks@all", ...both("human_clicked", "machine_clicked_only")),
    of("new_subscribers", "email.klaviyo.subscribed"),
  ];
}

function web(
  of: Of,
  above: Of,
  known: Make,
  under: Under,
  channels: readonly string[],
): readonly Known[] {
  return [
    of("visitors", "web.visitors"),
    of("sessions", ...under("web.sessions"), ...under("web.form_sessions")),
    of("page_views", ...under("web.page_views")),
    above("bounce_rate", "web.single_page_sessions"),
    ...channels.flatMap((channel) => {
      const filter = `channel = "${channel}"`;
      return [
        known(
          { metric: "sessions", filter },
          `web.sessions.${channel}`,
          `web.form_sessions.${channel}`,
        ),
        known({ metric: "visitors", filter }, `web.visitors_by_channel.${channel}`),
        known({ metric: "page_views", filter }, `web.page_views.${channel}`),
        known({ metric: "new_leads", filter }, `funnel_by_channel.${channel}.leads`),
      ];
    }),
  ];
}

function work(of: Of, above: Of, below: Of, known: Make): readonly Known[] {
  return [
    of("new_leads", "funnel.leads"),
    of("mqls", "funnel.mqls"),
    of("sqls", "funnel.sqls"),
    of("opportunities", "funnel.opportunities"),
    above("followed_up_rate", "funnel.followed_up"),
    above("followed_up_within_1h_rate", "funnel.followed_up_within_1h"),
    of("won_deals", "deals.won"),
    of("lost_deals", "deals.lost"),
    known({ metric: "won_amount", filter: 'currency = "EUR"' }, "deals.won_amount.EUR"),
    known({ metric: "pipeline_created", filter: 'currency = "EUR"' }, "deals.created_amount.EUR"),
    above("csat", "surveys.csat.satisfied"),
    below("csat", "surveys.csat.answers"),
    below("nps", "surveys.nps.answers"),
    above("inbox_placement_rate", "placements.inbox"),
    above("spam_placement_rate", "placements.spam"),
    below("inbox_placement_rate", "placements.inbox", "placements.spam", "placements.missing"),
    below("task_failure_rate", "tasks.volume"),
    above("task_failure_rate", "tasks.failures"),
  ];
}

function costs(of: Of, known: Make, under: Under, truth: Tree): readonly Known[] {
  const kinds = Object.keys(at(truth, "costs")).filter((kind) => kind !== "media");
  const everything = [...kinds.map((kind) => `costs.${kind}`), ...under("costs.media")];
  return [
    of("cost", ...everything, "costs_in_settings.licence"),
    ...kinds.map((kind) =>
      known(
        { metric: "cost", filter: `cost_kind = "${kind}"` },
        `costs.${kind}`,
        `costs_in_settings.${kind}`,
      ),
    ),
    ...Object.keys(at(truth, "costs.media")).flatMap((channel) => {
      const filter = `channel = "${channel}"`;
      return [
        known({ metric: "media_cost", filter }, `costs.media.${channel}`),
        known({ metric: "ad_clicks", filter }, `advertising.${channel}.clicks`),
        known({ metric: "ad_impressions", filter }, `advertising.${channel}.impressions`),
      ];
    }),
  ];
}
