import type { Dialect } from "../sql/dialect.ts";
import { all, join, literal, type Sql, sql } from "../sql/fragment.ts";

/** How the rows of a tool are recognised; every condition given has to match (regular expressions). */
interface ToolRule {
  /** The product's name, as costs state it. */
  readonly tool: string;
  /** Vendor of the source that recorded the touch. */
  readonly vendor?: string;
  readonly channel?: string;
  readonly source?: string;
}

const paid = "^(paid .*|display|cross-network)$";

/** The tools behind touches; the first rule that matches wins. */
const toolRules: readonly ToolRule[] = [
  { tool: "Klaviyo", vendor: "^klaviyo$" },
  { tool: "Mailchimp", vendor: "^mailchimp$" },
  { tool: "Mautic", vendor: "^mautic$" },
  { tool: "SendGrid", vendor: "^sendgrid$" },
  { tool: "HubSpot", vendor: "^hubspot$" },
  { tool: "Salesforce", vendor: "^salesforce$" },
  { tool: "Google Ads", vendor: "^google-ads$" },
  { tool: "Meta Ads", vendor: "^meta-ads$" },
  { tool: "LinkedIn Ads", vendor: "^linkedin-ads$" },
  { tool: "Google Ads", channel: paid, source: "^(google|google ads|adwords|youtube|gads)$" },
  {
    tool: "Meta Ads",
    channel: paid,
    source: "^(facebook|fb|instagram|ig|meta|facebook ads|facebook_ads|meta ads|messenger)$",
  },
  { tool: "LinkedIn Ads", channel: paid, source: "^(linkedin|lnkd|li|linkedin ads)$" },
  { tool: "Microsoft Ads", channel: paid, source: "^(bing|microsoft|microsoft ads|bing ads)$" },
  { tool: "TikTok Ads", channel: paid, source: "^(tiktok|tiktok ads)$" },
  { tool: "Klaviyo", source: "^klaviyo" },
  { tool: "Mailchimp", source: "^mailchimp" },
  { tool: "Mautic", source: "^mautic" },
  { tool: "SendGrid", source: "^sendgrid" },
  { tool: "HubSpot", source: "^(hubspot|hs_email|hs_automation)" },
];

/**
 * Returns the tool that sent or served a touch, by what is known of it; null when no rule matches.
 *
 * @param dialect regular expressions
 * @param touch the columns: vendor of the source that recorded it (null for a mere visit), channel and utm source
 */
export function toolSql(
  dialect: Pick<Dialect, "matches">,
  touch: { readonly vendor: Sql; readonly channel: Sql; readonly source: Sql },
): Sql {
  const branches = toolRules.map(({ tool, ...conditions }) => {
    const tests = Object.entries(conditions).map(([field, pattern]) =>
      dialect.matches(touch[field as keyof typeof touch], pattern),
    );
    return sql`WHEN ${all(tests)} THEN ${literal(tool)}`;
  });
  return sql`CASE ${join(branches, " ")} END`;
}
