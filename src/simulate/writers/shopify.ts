import { unitsToText } from "../../ledger/exact.ts";
import type { Calendar } from "../calendar.ts";
import { digitsOf } from "../money.ts";
import type { Order } from "../orders.ts";
import type { Person } from "../person.ts";
import { csvRow, type RowFile } from "../sink.ts";
import type { Truth } from "../truth.ts";
import type { OpenFile } from "../world.ts";

/** Columns of the orders export, as the admin writes them. */
const orderColumns =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References";

/** Columns of the synced table of abandoned checkouts that this shop fills. */
const checkoutColumns =
  "id,_fivetran_synced,abandoned_checkout_url,billing_address_city,billing_address_country,billing_address_country_code,buyer_accepts_marketing,cart_token,closed_at,completed_at,created_at,currency,customer_id,customer_locale,email,gateway,landing_site_base_url,name,phone,referring_site,source_name,subtotal_price,taxes_included,token,total_discounts,total_line_items_price,total_price,total_tax,updated_at,presentment_currency,note_attribute_google_client_id,_fivetran_deleted";

/** An abandoned checkout. */
interface Checkout {
  readonly person: Person;
  readonly email: string;
  readonly id: string;
  readonly createdAt: number;
  /** When it became an order; null when it did not. */
  readonly completedAt: number | null;
  readonly currency: string;
  readonly value: bigint;
}

const orderExport = csvRow(orderColumns);

/** Writes the shop's exports. */
export interface ShopifyWriter {
  readonly order: (order: Order) => void;
  readonly checkout: (checkout: Checkout) => void;
  /** Writes a row that cannot be used into a month's export; returns file and row. */
  readonly bad: (
    month: number,
    values: Readonly<Record<string, string>>,
  ) => { file: string; row: number };
}

/** Days at a month's end that the next month's export window contains again. */
const overlapDays = 2;

/**
 * Returns the writer of the shop's exports: one orders export per month with overlapping windows, one month exported
 * twice, and one table of abandoned checkouts.
 *
 * @param open opens a file of the run
 */
export function makeShopifyWriter(calendar: Calendar, truth: Truth, open: OpenFile): ShopifyWriter {
  const last = calendar.months.length - 1;
  const twice = Math.min(4, last);
  const file = (month: number, suffix = ""): RowFile =>
    open(`shopify/orders_export_${calendar.months[month] ?? ""}${suffix}.csv`, `${orderColumns}\n`);
  const files = calendar.months.map((_, month) => file(month));
  const copy = file(twice, "_again");
  const checkouts = open("shopify/abandoned_checkout.csv", `${checkoutColumns}\n`);
  const fileOf = (month: number): RowFile => {
    const found = files[month];
    if (!found) throw new Error(`no orders export for month ${month}`);
    return found;
  };
  const order = (one: Order): void => {
    const month = calendar.monthOf(one.at);
    const day = calendar.dayOf(one.at);
    const isInNext = month < last && calendar.monthOfDay[day + overlapDays] !== month;
    for (const row of orderRows(calendar, one)) {
      fileOf(month).add(row);
      if (isInNext) {
        fileOf(month + 1).add(row, "repeated");
        truth.faultCount("overlapping_windows", fileOf(month + 1).name);
      }
      if (month === twice) {
        copy.add(row, "repeated");
        truth.faultCount("repeated_files", copy.name);
      }
    }
  };
  return {
    order,
    checkout: (one) => {
      checkouts.add(checkoutRow(calendar, one));
    },
    bad: (month, values) => {
      const target = fileOf(month);
      return { file: target.name, row: target.add(orderExport(values), "rejected") };
    },
  };
}

/** The rows of an order: its totals stand on the first row only. */
function orderRows(calendar: Calendar, order: Order): string[] {
  const digits = digitsOf(order.currency);
  const head = orderHead(calendar, order, (minor) => unitsToText(minor, digits));
  return order.lines.map((line, index) =>
    orderExport({
      ...(index === 0 ? head : {}),
      Name: order.name,
      Email: order.email,
      "Created at": calendar.localWithOffset(order.at),
      "Lineitem quantity": String(line.quantity),
      "Lineitem name": line.product.name,
      "Lineitem price": unitsToText(line.price, digits),
      "Lineitem sku": line.product.sku,
      "Lineitem requires shipping": "true",
      "Lineitem taxable": "true",
      "Lineitem fulfillment status": "fulfilled",
      "Lineitem discount": "0.00",
      Vendor: "Kopi & Kiln",
    }),
  );
}

function orderHead(
  calendar: Calendar,
  order: Order,
  money: (minor: bigint) => string,
): Readonly<Record<string, string>> {
  const { person } = order;
  const isRefunded = order.refunded === order.total;
  return {
    "Financial Status":
      order.refunded === 0n ? "paid" : isRefunded ? "refunded" : "partially_refunded",
    "Paid at": calendar.localWithOffset(order.at),
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": calendar.localWithOffset(order.at + 90_000),
    "Accepts Marketing": person.signsUp ? "yes" : "no",
    Currency: order.currency,
    Subtotal: money(order.subtotal),
    Shipping: money(order.shipping),
    Taxes: money(order.taxes),
    Total: money(order.total),
    "Discount Code": order.discountCode,
    "Discount Amount": money(order.discount),
    "Shipping Method": "Standard",
    ...address("Billing", person),
    ...address("Shipping", person),
    "Cancelled at": order.cancelledAt === null ? "" : calendar.localWithOffset(order.cancelledAt),
    "Payment Method": order.isTest ? "Bogus Gateway" : "Shopify Payments",
    "Payment Reference": `c${order.id}`,
    "Refunded Amount": money(order.refunded),
    "Outstanding Balance": money(0n),
    Id: order.id,
    Tags: order.isTest ? "test" : "",
    "Risk Level": "Low",
    Source: "web",
    "Tax 1 Name": order.taxes === 0n ? "" : `VAT ${person.market.taxPercent}%`,
    "Tax 1 Value": order.taxes === 0n ? "" : money(order.taxes),
    Phone: person.phone,
    "Payment ID": `c${order.id}`,
    "Payment References": `c${order.id}`,
  };
}

function address(kind: "Billing" | "Shipping", person: Person): Readonly<Record<string, string>> {
  return {
    [`${kind} Name`]: `${person.first} ${person.family}`,
    [`${kind} Street`]: "Kiln Lane 7",
    [`${kind} Address1`]: "Kiln Lane 7",
    [`${kind} Company`]: person.account?.name ?? "",
    [`${kind} City`]: person.city,
    [`${kind} Zip`]: "'00000",
    [`${kind} Country`]: person.market.country,
    [`${kind} Phone`]: person.phone,
  };
}

function checkoutRow(calendar: Calendar, { person, ...one }: Checkout): string {
  const money = unitsToText(one.value, digitsOf(one.currency));
  const completed = one.completedAt === null ? "" : `${calendar.utc(one.completedAt)}.000000`;
  const created = `${calendar.utc(one.createdAt)}.000000`;
  const { market } = person;
  return `${one.id},${calendar.utc(calendar.to)}.000000,https://kopi-kiln.example/checkouts/${one.id}/recover,${person.city},${market.countryName},${market.country},true,cart${one.id},,${completed},${created},${one.currency},${person.customerId},${market.language},${one.email},,/,#${one.id},${person.phone},,web,${money},${market.taxIncluded},tok${one.id},0.00,${money},${money},0.00,${completed === "" ? created : completed},${one.currency},${person.browserId},false`;
}
