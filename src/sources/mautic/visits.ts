import {
  allOf,
  clickId,
  constant,
  not,
  present,
  text,
  time,
  urlParameter,
} from "../expressions.ts";
import type { Source } from "../source.ts";
import { mailOrigin } from "./mail.ts";

/**
 * Page hits and forms of Mautic's database. A hit with a redirect and an e-mail is a click on a link of that mail; every
 * other hit is a page view.
 */
const vendor = "mautic";
const isMailClick = allOf(present("redirect_id"), present("email_id"));
const visitor = { id: text("lead_id"), anonymous: text("tracking_id") };

/** Tables of Mautic about the website. */
export const mauticVisits: readonly Source[] = [
  {
    id: "mautic/page-hits",
    vendor,
    title: "Page hits (table page_hits)",
    columns: ["id", "date_hit", "lead_id", "url", "tracking_id", "redirect_id"],
    also: ["referer", "user_agent", "email_id", "page_id"],
    record: [
      {
        into: "events",
        when: not(isMailClick),
        key: [constant("page_hits"), text("id")],
        who: visitor,
        set: {
          occurred_at: time("date_hit"),
          kind: constant("page_viewed"),
          page: text("url"),
          referrer: text("referer"),
          utm_source: urlParameter("url", "utm_source"),
          utm_medium: urlParameter("url", "utm_medium"),
          campaign: urlParameter("url", "utm_campaign"),
          utm_term: urlParameter("url", "utm_term"),
          utm_content: urlParameter("url", "utm_content"),
          click_id: clickId("url"),
          country: text("country"),
          user_agent: text("user_agent"),
        },
      },
      {
        into: "events",
        when: isMailClick,
        key: [constant("page_hits"), text("id")],
        who: visitor,
        set: {
          occurred_at: time("date_hit"),
          kind: constant("email_clicked"),
          campaign: text("email_id"),
          asset: text("email_id"),
          link: text("url"),
          user_agent: text("user_agent"),
          country: text("country"),
          ...mailOrigin,
        },
      },
    ],
  },
  {
    id: "mautic/form-submissions",
    vendor,
    title: "Form submissions (table form_submissions)",
    columns: ["id", "form_id", "lead_id", "tracking_id", "date_submitted"],
    record: [
      {
        into: "events",
        key: [constant("form_submissions"), text("id")],
        who: visitor,
        set: {
          occurred_at: time("date_submitted"),
          kind: constant("form_submitted"),
          goal: text("form_id"),
          referrer: text("referer"),
        },
      },
    ],
  },
];
