import type { Calendar } from "./calendar.ts";
import type { Automation, AutomationId } from "./company.ts";
import type { PeopleSource } from "./person.ts";
import type { Rates } from "./rates.ts";
import type { Encoding, RowFile } from "./sink.ts";
import type { Truth } from "./truth.ts";
import type { Ga4Writer } from "./writers/ga4.ts";
import type { HubspotWriter } from "./writers/hubspot.ts";
import type { KlaviyoWriter } from "./writers/klaviyo.ts";
import type { SendgridWriter } from "./writers/sendgrid.ts";
import type { ShopifyWriter } from "./writers/shopify.ts";
import type { StripeWriter } from "./writers/stripe.ts";
import type { TemplateWriter } from "./writers/templates.ts";

/** Opens a file below the folder of exports; it is closed and counted at the end of the run. */
export type OpenFile = (name: string, header: string, encoding?: Encoding) => RowFile;

/** What every part of a run shares. */
export interface World {
  readonly seed: number;
  readonly people: number;
  readonly calendar: Calendar;
  readonly rates: Rates;
  readonly truth: Truth;
  readonly source: PeopleSource;
  readonly automations: Readonly<Record<AutomationId, Automation>>;
  readonly open: OpenFile;
  readonly writers: Writers;
}

/** One writer per vendor. */
interface Writers {
  readonly ga4: Ga4Writer;
  readonly hubspot: HubspotWriter;
  readonly klaviyo: KlaviyoWriter;
  readonly sendgrid: SendgridWriter;
  readonly shopify: ShopifyWriter;
  readonly stripe: StripeWriter;
  readonly templates: TemplateWriter;
}
