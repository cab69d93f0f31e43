import { divideHalfEven } from "../ledger/exact.ts";
import type { AutomationId, Product } from "./company.ts";
import { products } from "./company.ts";
import { noteEffects } from "./effects.ts";
import { digitsOf, toMicros } from "./money.ts";
import type { Person } from "./person.ts";
import { integer, pickWeighted } from "./random.ts";
import type { World } from "./world.ts";

/** An order of the shop, all amounts in minor units of its currency. */
export interface Order {
  readonly person: Person;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly at: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  /** Discount on the goods, positive. */
  readonly discount: bigint;
  readonly discountCode: string;
  /** Goods less discount. */
  readonly subtotal: bigint;
  readonly shipping: bigint;
  readonly taxes: bigint;
  readonly taxIncluded: boolean;
  /** What the customer pays. */
  readonly total: bigint;
  readonly refunded: bigint;
  readonly cancelledAt: number | null;
  readonly isTest: boolean;
  /** The automation without which it would not exist; null for most. */
  readonly causedBy: AutomationId | null;
}

/** A line of goods. */
interface OrderLine {
  readonly product: Product;
  readonly quantity: number;
  readonly price: bigint;
}

/** What is asked of an order. */
interface OrderWish {
  readonly at: number;
  /** How many orders the person had before. */
  readonly nth: number;
  readonly email: string;
  readonly causedBy: AutomationId | null;
  readonly isTest?: boolean;
  readonly currency?: string;
}

/**
 * Draws an order: one to four lines, sometimes a discount, shipping below a limit, tax within or on top of the prices,
 * sometimes refunded in part or whole, rarely cancelled.
 */
export function drawOrder(person: Person, wish: OrderWish): Order {
  const { random, market } = person;
  const currency = wish.currency ?? market.currency;
  const lines = drawLines(person);
  const goods = lines.reduce((sum, line) => sum + line.price * BigInt(line.quantity), 0n);
  const hasDiscount = random() < 0.16;
  const discount = hasDiscount ? goods / 10n : 0n;
  const subtotal = goods - discount;
  const shipping = goods >= market.freeShippingFrom ? 0n : market.shipping;
  const taxed = subtotal + shipping;
  const rate = market.taxPercent;
  const taxes = market.taxIncluded
    ? roundHalfUp(taxed * rate, 100n + rate)
    : roundHalfUp(taxed * rate, 100n);
  const total = market.taxIncluded ? taxed : taxed + taxes;
  const isCancelled = random() < 0.012;
  const number = person.index * 100 + wish.nth;
  const { refunded } = isCancelled
    ? { refunded: total }
    : drawRefund(person, lines, subtotal, total);
  return {
    person,
    id: String(5_200_000_000 + number),
    name: `#${100_000 + number}`,
    email: wish.email,
    at: wish.at,
    currency,
    lines,
    discount,
    discountCode: hasDiscount ? (wish.nth === 0 ? "WELCOME10" : "BEANS10") : "",
    subtotal,
    shipping,
    taxes,
    taxIncluded: market.taxIncluded,
    total,
    refunded,
    cancelledAt: isCancelled ? wish.at + integer(random, 1800, 20_000) : null,
    isTest: wish.isTest ?? false,
    causedBy: wish.causedBy,
  };
}

function drawLines({ random, market }: Person): OrderLine[] {
  const wanted =
    1 + (random() < 0.42 ? 1 : 0) + (random() < 0.2 ? 1 : 0) + (random() < 0.06 ? 1 : 0);
  const lines: OrderLine[] = [];
  while (lines.length < wanted) {
    const product = pickWeighted(random, products, (one) => one.weight);
    if (lines.some((line) => line.product === product)) continue;
    const quantity = random() < 0.75 ? 1 : integer(random, 2, 3);
    lines.push({ product, quantity, price: product.price[market.currency] ?? 0n });
  }
  return lines;
}

/** Some orders are refunded in whole, more by the price of one piece. */
function drawRefund(
  { random }: Person,
  lines: readonly OrderLine[],
  subtotal: bigint,
  total: bigint,
): { readonly refunded: bigint } {
  const drawn = random();
  if (drawn < 0.022) return { refunded: total };
  const piece = lines[0]?.price ?? 0n;
  if (drawn < 0.058 && piece < subtotal) return { refunded: piece };
  return { refunded: 0n };
}

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n);
}

/**
 * Writes an order and adds it to the truth.
 *
 * @returns its revenue in cents of EUR, as far as it can be converted
 */
export function recordOrder(world: World, order: Order): bigint {
  const { truth, calendar } = world;
  const month = calendar.monthOf(order.at);
  world.writers.shopify.order(order);
  if (order.isTest) {
    truth.fault("test_orders", { file: "shopify", note: order.name });
    return 0n;
  }
  if (calendar.isDoubledHour(order.at)) {
    truth.fault("doubled_hour_orders", { file: "shopify", note: order.name });
  }
  const digits = digitsOf(order.currency);
  const add = (component: string, minor: bigint): void =>
    truth.money(`money.shopify.${order.currency}.${component}`, month, minor, digits);
  const goods = order.subtotal + order.discount;
  add("items", goods);
  add("discounts", -order.discount);
  add("shipping", order.shipping);
  add("tax", order.taxes);
  add("total", order.total);
  truth.money(
    `money.shopify.${order.currency}.refunds`,
    calendar.monthOf(order.cancelledAt ?? order.at),
    -order.refunded,
    digits,
  );
  truth.count(`orders.shopify.orders`, month);
  truth.count(`orders.shopify.lines`, month, order.lines.length);
  if (order.cancelledAt !== null) truth.count("orders.shopify.cancelled", month);
  else if (order.refunded === order.total) truth.count("orders.shopify.refunded_fully", month);
  else if (order.refunded > 0n) truth.count("orders.shopify.refunded_partly", month);
  const { channel, comesAnyway } = order.person;
  truth.count(`effects.channels.${channel.name}.orders`, month);
  if (!comesAnyway) truth.count(`effects.channels.${channel.name}.incremental_orders`, month);
  if (order.causedBy !== null) {
    truth.count(`effects.automations.${order.causedBy}.incremental_orders`, month);
  }
  noteCancelledShipping(world, order);
  return recordRevenue(world, order);
}

/**
 * Adds the order's lines to the revenue in EUR: every line is converted on its own at the rate of the day on which it is
 * booked and rounded half-even. A refund is booked when the order was cancelled, otherwise with the order, because the
 * export dates it no further; it takes its share of the tax.
 */
function recordRevenue(world: World, order: Order): bigint {
  const { truth, calendar, rates } = world;
  let revenue = 0n;
  for (const part of revenueParts(order)) {
    const month = calendar.monthOf(part.at);
    truth.money(`money.shopify.${order.currency}.net`, month, part.micros, 6);
    const euro = rates.toEuro(part.micros, order.currency, calendar.dayOf(part.at));
    if (typeof euro === "string") {
      truth.count(`revenue_eur.excluded_lines.${euro}.${order.currency}`, month);
      continue;
    }
    revenue += euro;
    truth.money("revenue_eur.shopify", month, euro, 2);
    truth.money(`revenue_eur.shopify_lines.${part.kind}`, month, euro, 2);
    truth.money("revenue_eur.total", month, euro, 2);
    noteEffects(world, { person: order.person, month, euro, causedBy: order.causedBy });
  }
  return revenue;
}

/**
 * Notes the shipping of a cancelled order, which the refund pays back with the goods: a workspace that counts no shipping
 * must not lose it.
 */
function noteCancelledShipping({ truth, calendar, rates }: World, order: Order): void {
  const { cancelledAt, currency } = order;
  const shipping = revenueParts(order).find(({ kind }) => kind === "shipping");
  if (cancelledAt === null || !shipping) return;
  const month = calendar.monthOf(cancelledAt);
  const digits = digitsOf(currency);
  truth.money(`money.shopify.${currency}.cancelled_shipping`, month, order.shipping, digits);
  const euro = rates.toEuro(shipping.micros, currency, calendar.dayOf(cancelledAt));
  if (typeof euro !== "string") {
    truth.money("revenue_eur.shopify_cancelled_shipping", month, euro, 2);
  }
}

/** A line that counts, without tax, in millionths of the order's currency. */
interface RevenuePart {
  readonly kind: "sale" | "discount" | "shipping" | "refund";
  readonly at: number;
  readonly micros: bigint;
}

/**
 * The lines of an order that count, without tax: goods, discount, shipping, refund. Tax that prices contain is split over
 * the lines to the second decimal by their share of the total, half-even; the first line takes what rounding leaves over.
 */
function revenueParts(order: Order): readonly RevenuePart[] {
  const { at, currency } = order;
  const micros = (minor: bigint): bigint => toMicros(minor, currency);
  const [total, taxes] = [micros(order.total), micros(order.taxes)];
  const taxIn = (amount: bigint): bigint =>
    divideHalfEven(taxes * amount, total * 10_000n) * 10_000n;
  const contained = order.taxIncluded ? taxIn : () => 0n;
  const sales = order.lines.map((line) => micros(line.price * BigInt(line.quantity)));
  const [discount, shipping] = [-micros(order.discount), micros(order.shipping)];
  const besides = contained(discount + shipping);
  const nets = sales.map((sale) => sale - contained(sale));
  const spread = sales.reduce((sum, sale) => sum + contained(sale), besides);
  const leftOver = order.taxIncluded ? taxes - spread : 0n;
  const [first = 0n, ...others] = nets;
  const part = (kind: RevenuePart["kind"], amount: bigint): RevenuePart => ({
    kind,
    at,
    micros: amount,
  });
  const dated = [
    part("sale", first - leftOver),
    ...others.map((other) => part("sale", other)),
    part("discount", discount - contained(discount)),
    part("shipping", shipping - (besides - contained(discount))),
  ].filter((one) => one.micros !== 0n);
  if (order.refunded === 0n) return dated;
  const refunded = micros(order.refunded);
  const back = { kind: "refund", micros: taxIn(refunded) - refunded } as const;
  return [...dated, { ...back, at: order.cancelledAt ?? at }];
}
