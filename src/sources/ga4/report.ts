import {
  capture,
  constant,
  day,
  first,
  isPositive,
  not,
  number,
  ordinal,
  present,
  text,
  time,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

const cut: readonly Expression[] = [
  text("Date"),
  text("Session source / medium"),
  text("Session campaign"),
  text("Session primary channel group (Default channel group)"),
  text("Landing page"),
  text("Country"),
  text("Device category"),
];

/**
 * GA4's traffic report by day, downloaded as CSV with comment lines (`#`) on top: page views and key events as counted
 * batches. Sessions and users stay out, because a count of them cannot be joined with people or be added up. Load either
 * this report or the export of events for a period: both count the same page views.
 */
export const ga4Report: Source = {
  id: "ga4/report",
  vendor: "ga4",
  title: "Traffic report by day (CSV)",
  columns: ["Date", "Sessions", "Views"],
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
  skip: { when: not(present("Date")), reason: "a row without a date: the report's grand total" },
  record: (
    [
      ["page_viewed", "Views"],
      ["goal_reached", "Key events"],
    ] as const
  ).map(([kind, column]) => ({
    into: "events" as const,
    when: isPositive(number(column)),
    key: [constant("report"), ...cut, ordinal(...cut), constant(kind)],
    set: {
      occurred_at: time(day("Date")),
      kind: constant(kind),
      quantity: number(column),
      ...(kind === "goal_reached" ? { goal: constant("key events (GA4)") } : {}),
      channel: text("Session primary channel group (Default channel group)"),
      utm_source: first(capture("Session source / medium", "^(.*?) / "), "Session source"),
      utm_medium: first(capture("Session source / medium", " / (.*)$"), "Session medium"),
      campaign: text("Session campaign"),
      page: text("Landing page"),
      country: text("Country"),
      device: text("Device category"),
    },
  })),
};
