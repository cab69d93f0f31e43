import type { AdDay } from "./ad-day.ts";
import { type Channel, channels } from "./company.ts";
import { integer, randomStream } from "./random.ts";
import type { World } from "./world.ts";
import { campaignId, writeGoogleAds } from "./writers/google-ads.ts";
import { writeLinkedinAds } from "./writers/linkedin-ads.ts";
import { writeMetaAds } from "./writers/meta-ads.ts";

/** Cost of a click in millionths of EUR, and clicks a day per thousand people, by platform. */
const platforms = {
  google: { price: 620_000, clicks: 0.5 },
  facebook: { price: 410_000, clicks: 0.42 },
  linkedin: { price: 4_300_000, clicks: 0.08 },
} as const;

/**
 * Writes the ad platforms' daily reports and adds their costs to the truth.
 *
 * @param world what the run shares
 */
export function advertise(world: World): void {
  const google = adDays(world, "google");
  const facebook = adDays(world, "facebook").map(toCents);
  const linkedin = adDays(world, "linkedin").map(toCents);
  for (const [name, days] of [
    ["paid search", google],
    ["paid social", facebook],
    ["paid social", linkedin],
  ] as const) {
    for (const one of days) {
      const month = world.calendar.monthOfDay[one.day] ?? -1;
      world.truth.money(`costs.media.${name}`, month, one.cost, 6);
      world.truth.count(`advertising.${name}.clicks`, month, one.clicks);
      world.truth.count(`advertising.${name}.impressions`, month, one.impressions);
    }
  }
  writeGoogleAds(world, google);
  writeMetaAds(world, facebook);
  writeLinkedinAds(world, linkedin);
}

/** Reports in cents cannot carry more than two decimals. */
function toCents(one: AdDay): AdDay {
  return { ...one, cost: (one.cost / 10_000n) * 10_000n };
}

function adDays(world: World, source: keyof typeof platforms): readonly AdDay[] {
  const channel = channels.find((one) => one.source === source);
  if (!channel) return [];
  const { price, clicks } = platforms[source];
  return channel.campaigns.flatMap((campaign) =>
    campaignDays(world, channel, campaign, price, clicks),
  );
}

function campaignDays(
  world: World,
  channel: Channel,
  campaign: string,
  price: number,
  clicksPerThousand: number,
): AdDay[] {
  const random = randomStream(world.seed, "ads", campaign);
  const scale = Math.max(1, (world.people / 1000) * clicksPerThousand);
  const rows: AdDay[] = [];
  for (let day = 0; day < world.calendar.days; day += 1) {
    const clicks = Math.round(scale * (0.6 + random() * 0.8));
    if (clicks === 0) continue;
    const paid = price + integer(random, -90_000, 90_000);
    rows.push({
      day,
      campaign,
      campaignId: campaignId(channel.source, campaign),
      cost: BigInt(clicks) * BigInt(paid) + BigInt(integer(random, 0, 999_999)),
      impressions: clicks * integer(random, 25, 70),
      clicks,
      conversions: random() < 0.4 ? integer(random, 0, Math.ceil(clicks / 6)) : 0,
    });
  }
  return rows;
}
