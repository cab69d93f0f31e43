import { hex, integer, type Random } from "./random.ts";

/** Name of the invented company. */
export const companyName = "Kopi & Kiln";

/** The web address of its shop. */
export const shopAddress = "https://kopi-kiln.example";

/** A country that the company sells to. */
export interface Market {
  readonly country: string;
  readonly countryName: string;
  readonly currency: string;
  readonly language: string;
  /** Share of visitors. */
  readonly weight: number;
  /** Value-added or consumption tax in percent. */
  readonly taxPercent: bigint;
  /** Whether prices contain the tax. */
  readonly taxIncluded: boolean;
  /** Hours to add to UTC for the time of day at which people are awake. */
  readonly hours: number;
  /** Shipping in minor units, and from which subtotal it is free. */
  readonly shipping: bigint;
  readonly freeShippingFrom: bigint;
}

/** The markets. */
export const markets: readonly Market[] = [
  market("DE", "Germany", "EUR", "de-de", 36, 7n, true, 1, 490n, 4000n),
  market("GB", "United Kingdom", "GBP", "en-gb", 20, 20n, true, 0, 399n, 3500n),
  market("JP", "Japan", "JPY", "ja-jp", 18, 8n, false, 9, 800n, 8000n),
  market("ID", "Indonesia", "EUR", "id-id", 8, 0n, true, 7, 1290n, 12000n),
  market("TW", "Taiwan", "EUR", "zh-tw", 10, 0n, true, 8, 1290n, 12000n),
  market("CN", "China", "EUR", "zh-cn", 8, 0n, true, 8, 1290n, 12000n),
];

function market(
  country: string,
  countryName: string,
  currency: string,
  language: string,
  weight: number,
  taxPercent: bigint,
  taxIncluded: boolean,
  hours: number,
  shipping: bigint,
  freeShippingFrom: bigint,
): Market {
  return {
    country,
    countryName,
    currency,
    language,
    weight,
    taxPercent,
    taxIncluded,
    hours,
    shipping,
    freeShippingFrom,
  };
}

/** A product of the shop, with prices in minor units. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly weight: number;
  readonly price: Readonly<Record<string, bigint>>;
}

/** The products. */
export const products: readonly Product[] = [
  {
    sku: "KK-SUM-250",
    name: "Sumatra Gayo – 250 g",
    weight: 24,
    price: { EUR: 1090n, GBP: 950n, JPY: 1680n },
  },
  {
    sku: "KK-YIR-250",
    name: "Yirgacheffe, washed – 250 g",
    weight: 20,
    price: { EUR: 1190n, GBP: 1025n, JPY: 1850n },
  },
  {
    sku: "KK-HUI-1K",
    name: 'Huila "El Roble" – 1 kg',
    weight: 14,
    price: { EUR: 3490n, GBP: 2999n, JPY: 5400n },
  },
  {
    sku: "KK-DEC-250",
    name: "Decaf Tolima – 250 g",
    weight: 9,
    price: { EUR: 1150n, GBP: 999n, JPY: 1780n },
  },
  {
    sku: "KK-ESP-1K",
    name: "Kiln Espresso Blend – 1 kg",
    weight: 16,
    price: { EUR: 2890n, GBP: 2475n, JPY: 4480n },
  },
  {
    sku: "KK-FLT-100",
    name: "Paper filters 02 – 100 pcs",
    weight: 10,
    price: { EUR: 450n, GBP: 395n, JPY: 690n },
  },
  {
    sku: "KK-DRP-01",
    name: "Stoneware dripper",
    weight: 6,
    price: { EUR: 2950n, GBP: 2550n, JPY: 4600n },
  },
  {
    sku: "KK-GRD-H1",
    name: "Hand grinder H1",
    weight: 4,
    price: { EUR: 8900n, GBP: 7699n, JPY: 13800n },
  },
  {
    sku: "KK-MCH-01",
    name: 'Espresso machine "Tungku"',
    weight: 1,
    price: { EUR: 64900n, GBP: 55900n, JPY: 99800n },
  },
];

/** How a visit reaches the site. */
export interface Channel {
  /** Name in the product's default channel taxonomy. */
  readonly name: string;
  /** Share of first visits. */
  readonly weight: number;
  /** Odds that a visitor signs up. */
  readonly signUp: number;
  /** Odds that someone who signed up buys without any automation. */
  readonly buys: number;
  /** True share of its visitors who would not have come without it. */
  readonly incrementalShare: number;
  readonly source: string;
  readonly medium: string;
  readonly campaigns: readonly string[];
  readonly referrer: string;
  readonly clickId: "gclid" | "fbclid" | "li_fat_id" | null;
}

const channel = (
  name: string,
  weight: number,
  rates: readonly [signUp: number, buys: number, incrementalShare: number],
  origin: readonly [source: string, medium: string, referrer: string],
  campaigns: readonly string[] = [],
  clickId: Channel["clickId"] = null,
): Channel => ({
  name,
  weight,
  signUp: rates[0],
  buys: rates[1],
  incrementalShare: rates[2],
  source: origin[0],
  medium: origin[1],
  referrer: origin[2],
  campaigns,
  clickId,
});

/** The channels of first visits; e-mail comes later in a visitor's life. */
export const channels: readonly Channel[] = [
  channel("organic search", 30, [0.42, 0.4, 1], ["", "", "https://www.google.com/"]),
  channel("direct", 18, [0.46, 0.48, 1], ["", "", ""]),
  channel(
    "paid search",
    20,
    [0.4, 0.42, 0.45],
    ["google", "cpc", "https://www.google.com/"],
    [
      "KK | Search | Brand",
      "KK | Search | Beans DE",
      "KK | Search | Machines",
      "KK | Search | Wholesale",
    ],
    "gclid",
  ),
  channel(
    "paid social",
    14,
    [0.33, 0.24, 0.8],
    ["facebook", "paid_social", "https://l.facebook.com/"],
    ["Always-on beans", "Lookalike 2%", "Retargeting carts"],
    "fbclid",
  ),
  channel(
    "paid social",
    4,
    [0.5, 0.12, 0.9],
    ["linkedin", "paid_social", "https://www.linkedin.com/"],
    ["Office coffee – DACH", "Hotels & cafés – UK"],
    "li_fat_id",
  ),
  channel("organic social", 8, [0.36, 0.26, 1], ["", "", "https://www.instagram.com/"]),
  channel("referral", 6, [0.45, 0.38, 1], ["", "", "https://beanjournal.example/reviews/roasters"]),
];

/** The channel of visits out of a mail. */
export const emailChannel: Channel = channel("email", 0, [0, 0, 1], ["klaviyo", "email", ""]);

/** An automation with its true effect. */
export interface Automation {
  readonly id: string;
  readonly name: string;
  readonly tool: string;
  /** Day index at which it goes live. */
  readonly liveOnDay: number;
  /** Share of people who are held out. */
  readonly holdout: number;
  /** True added odds of an order (of becoming an SQL, for nurturing) for a person who is treated. */
  readonly uplift: number;
  /** Seconds after the trigger at which its mails go out. */
  readonly mails: readonly number[];
}

/** The automations, with go-live days as shares of the period so that short runs have them too. */
export function automationsFor(days: number): Readonly<Record<AutomationId, Automation>> {
  const one = (
    id: AutomationId,
    name: string,
    share: number,
    uplift: number,
    mails: readonly number[],
  ): Automation => ({
    id,
    name,
    tool: "SendGrid",
    liveOnDay: Math.floor(days * share),
    holdout: 0.15,
    uplift,
    mails,
  });
  return {
    welcome: one("welcome", "Welcome flow", 0.17, 0.06, [600, 2 * 86_400, 5 * 86_400]),
    cart_recovery: one("cart_recovery", "Cart recovery", 0.28, 0.14, [3600, 86_400]),
    win_back: one("win_back", "Win-back after 90 days", 0.44, 0.07, [0, 4 * 86_400]),
    lead_nurturing: one("lead_nurturing", "Lead nurturing", 0.33, 0.16, [
      1800,
      3 * 86_400,
      8 * 86_400,
    ]),
  };
}

/** The ids of the automations. */
export type AutomationId = "welcome" | "cart_recovery" | "win_back" | "lead_nurturing";

/** People who own leads and deals. */
export const owners = ["Nadia Brand", "Tom Ferris", "Yuki Arai", "Intan Maharani"] as const;

/**
 * Returns the click id of an ad click as a query parameter, empty for unpaid channels.
 *
 * @param channel the channel of the click
 */
export function clickParameter(random: Random, { clickId }: Channel): string {
  if (clickId === null) return "";
  return `&${clickId}=${clickId === "gclid" ? "Cj0K" : "IwAR"}${hex(random, 16)}${integer(random, 0, 9)}`;
}
