import { describe, expect, it } from "vitest";
import { originsSql } from "../../src/derive/origin.ts";
import { defaultSettings, settingsSchema } from "../../src/ledger/settings.ts";
import { raw, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";

type Origin = Partial<
  Record<"kind" | "channel" | "source" | "medium" | "campaign" | "referrer" | "click", string>
>;

/** Origins with the channel they belong to: Google's own examples for GA4's default channel groups where there are any. */
const known: readonly (readonly [Origin, string])[] = [
  [{ kind: "email_clicked" }, "email"],
  [{ kind: "sms_sent" }, "sms"],
  [{ kind: "whatsapp_read" }, "whatsapp"],
  [{ kind: "push_opened" }, "push"],
  [{ kind: "call" }, "sales"],
  [{ channel: "PAID_SEARCH" }, "paid search"],
  [{ channel: "Organic Social" }, "organic social"],
  [{ channel: "DIRECT_TRAFFIC" }, "direct"],
  [{ channel: "Podcast" }, "podcast"],
  [{ source: "google", medium: "cpc" }, "paid search"],
  [{ source: "bing", medium: "ppc" }, "paid search"],
  [{ source: "Facebook", medium: "CPC" }, "paid social"],
  [{ source: "instagram", medium: "paid_social" }, "paid social"],
  [{ source: "ig", medium: "social" }, "organic social"],
  [{ source: "newsletter", medium: "email" }, "email"],
  [{ source: "klaviyo", medium: "E-mail" }, "email"],
  [{ source: "google", medium: "organic" }, "organic search"],
  [{ source: "Google" }, "organic search"],
  [{ source: "Google Ads" }, "paid search"],
  [{ source: "Paid Search" }, "paid search"],
  [{ source: "Facebook Ads" }, "paid social"],
  [{ source: "Partner Referral" }, "referral"],
  [{ source: "Trade Show" }, "events"],
  [{ source: "Partner" }, "affiliate"],
  [{ source: "t.co", medium: "referral" }, "referral"],
  [{ source: "partner", medium: "affiliate" }, "affiliate"],
  [{ source: "site", medium: "display" }, "display"],
  [{ source: "site", medium: "cpm" }, "display"],
  [{ source: "youtube", medium: "cpc" }, "paid video"],
  [{ source: "podcast", medium: "cpc" }, "paid other"],
  [{ kind: "page_viewed", click: "gclid" }, "paid search"],
  [{ kind: "page_viewed", click: "fbclid" }, "organic social"],
  [{ kind: "page_viewed", click: "ttclid" }, "paid social"],
  [{ kind: "page_viewed", click: "mc_eid" }, "email"],
  [{ kind: "ad_click", source: "linkedin" }, "paid social"],
  [{ kind: "ad_impression", source: "google" }, "paid search"],
  [{ kind: "social_like" }, "organic social"],
  [{ kind: "page_viewed", referrer: "https://www.google.co.id/" }, "organic search"],
  [{ kind: "page_viewed", referrer: "https://duckduckgo.com/?q=x" }, "organic search"],
  [{ kind: "page_viewed", referrer: "android-app://com.google.android.gm/" }, "email"],
  [{ kind: "page_viewed", referrer: "https://mail.google.com/mail/u/0" }, "email"],
  [{ kind: "page_viewed", referrer: "https://l.facebook.com/l.php" }, "organic social"],
  [{ kind: "page_viewed", referrer: "https://chatgpt.com/" }, "ai assistant"],
  [{ kind: "page_viewed", source: "chatgpt.com" }, "ai assistant"],
  [{ kind: "page_viewed", referrer: "https://gemini.google.com/app" }, "ai assistant"],
  [{ kind: "page_viewed", referrer: "https://www.perplexity.ai/search" }, "ai assistant"],
  [{ kind: "page_viewed", referrer: "https://www.paypal.com/checkout" }, "direct"],
  [{ kind: "page_viewed", referrer: "https://blog.partner.example/post" }, "referral"],
  [{ kind: "page_viewed", source: "(direct)", medium: "(none)" }, "direct"],
  [{ kind: "page_viewed" }, "direct"],
  [{ kind: "page_viewed", source: "something", medium: "(not set)" }, "unknown"],
  [{}, "unknown"],
];

async function channelsOf(origins: readonly Origin[], settings = defaultSettings) {
  const store = await openDuckdb(":memory:");
  await store.run(
    raw(
      "CREATE TABLE ledger.campaigns (source VARCHAR, campaign VARCHAR, name VARCHAR, channel VARCHAR, automation VARCHAR, deleted BOOLEAN)",
    ),
  );
  await store.run(
    raw(
      "INSERT INTO ledger.campaigns VALUES ('x/campaigns', '17', ' Spring ', NULL, 'Flow', NULL)",
    ),
  );
  const channels: unknown[] = [];
  for (const origin of origins) {
    const { kind = null, channel = null, source = null, medium = null } = origin;
    const { campaign = null, referrer = null, click = null } = origin;
    const row = sql`FROM (SELECT 'x/y' AS source, ${kind}::VARCHAR AS kind, ${channel}::VARCHAR AS channel,
      ${source}::VARCHAR AS utm_source, ${medium}::VARCHAR AS utm_medium, ${campaign}::VARCHAR AS campaign,
      ${referrer}::VARCHAR AS referrer, ${click}::VARCHAR AS click_id) AS r`;
    const [named] = await store.query(originsSql(store.dialect, settings, row, "kind"));
    channels.push(named);
  }
  await store.close();
  return channels as readonly Readonly<Record<string, unknown>>[];
}

describe("channel rules", () => {
  it("sort known origins", async () => {
    const found = await channelsOf(known.map(([origin]) => origin));
    expect(known.map(([origin], index) => [origin, found[index]?.channel])).toEqual(known);
  });

  it("ask the workspace's own rules first, case ignored, and know its own domains", async () => {
    const settings = settingsSchema.parse({
      channels: [{ channel: "Podcast", source: "^SPOTIFY$", medium: "audio" }],
      internal_domains: ["shop.example"],
    });
    const found = await channelsOf(
      [
        { source: "spotify", medium: "Audio" },
        { kind: "page_viewed", referrer: "https://www.shop.example/a" },
      ],
      settings,
    );
    expect(found.map((each) => each.channel)).toEqual(["podcast", "direct"]);
  });

  it("tidy source and medium, and look the campaign up by its id", async () => {
    const [found, unset] = await channelsOf([
      { source: " Google ", medium: "CPC", campaign: "17" },
      { campaign: "(not set)" },
    ]);
    expect(found).toMatchObject({
      utm_source: "google",
      utm_medium: "cpc",
      campaign: "Spring",
      automation: "Flow",
    });
    expect(unset).toMatchObject({ campaign: null });
  });
});
