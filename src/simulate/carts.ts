import { daySeconds } from "./calendar.ts";
import type { Life } from "./life.ts";
import { digitsOf } from "./money.ts";
import { integer } from "./random.ts";

/** What a person did in the shop, all instants in seconds since 1970. */
export interface Shopping {
  readonly carts: Cart[];
  readonly orders: PlacedOrder[];
  /** When mails about a cart were sent. */
  readonly reminders: number[];
}

interface Cart {
  readonly createdAt: number;
  /** When the shop's table says that it became an order; null when it says nothing. */
  readonly completedAt: number | null;
}

interface PlacedOrder {
  readonly at: number;
  /** Cents of EUR, net, less what was paid back. */
  readonly euros: bigint;
}

/** Seconds after a cart, or after its reminder, in which an order is taken to be of the cart. */
const window = 72 * 3600;

/** Seconds after a cart in which a mail is a reminder of it. */
const reminderReach = 30 * daySeconds;

/**
 * Writes a checkout to the shop's table.
 *
 * @param email the address at the checkout
 * @param createdAt when it was left
 * @param completedAt when it became an order; null when it did not
 */
export function writeCart(
  life: Life,
  email: string,
  createdAt: number,
  completedAt: number | null,
): void {
  const { person, world } = life;
  life.carts += 1;
  const { currency } = person.market;
  const cents = BigInt(integer(person.random, 12, 140)) * 10n ** BigInt(digitsOf(currency));
  world.writers.shopify.checkout({
    person,
    email,
    id: String(3_000_000_000_000 + person.index * 1000 + life.carts),
    createdAt,
    completedAt,
    currency,
    value: currency === "JPY" ? cents * 150n : cents,
  });
  life.shopping.carts.push({ createdAt, completedAt });
}

/**
 * Counts what became of a person's carts, as a reader of the exports can know it: a cart is abandoned when no order
 * followed within the window, or none before its first reminder; it is recovered by an order after the reminder. Where
 * the table does not say what a cart became, it is the person's first order within the window of the cart or its reminder,
 * of their last such cart before it.
 */
export function settleCarts(life: Life): void {
  const { carts, orders, reminders } = life.shopping;
  const reminded = carts.map((cart) => ({
    ...cart,
    remindedAt: reminders.find((at) => isWithin(cart.createdAt, at, reminderReach - 1)) ?? null,
  }));
  const cartOf = new Map(orders.map((order) => [order, ownerOf(order, reminded)]));
  for (const cart of reminded) {
    countCart(life, cart, orders.find((order) => cartOf.get(order) === cart) ?? null);
  }
}

interface RemindedCart extends Cart {
  readonly remindedAt: number | null;
}

/** The cart that an order came from, as far as it can be known. */
function ownerOf({ at }: PlacedOrder, carts: readonly RemindedCart[]): RemindedCart | null {
  const stated = carts.find((cart) => cart.completedAt === at);
  if (stated) return stated;
  let last: RemindedCart | null = null;
  for (const cart of carts) {
    const { createdAt, remindedAt } = cart;
    const isNear =
      isWithin(createdAt, at, window) || (remindedAt !== null && isWithin(remindedAt, at, window));
    if (cart.completedAt !== null || !isNear) continue;
    if (last === null || createdAt > last.createdAt) last = cart;
  }
  return last;
}

function countCart(life: Life, cart: RemindedCart, order: PlacedOrder | null): void {
  const { calendar, truth } = life.world;
  const { createdAt, remindedAt } = cart;
  const month = calendar.monthOf(createdAt);
  const orderedAt = cart.completedAt ?? order?.at ?? null;
  const isRecovered = orderedAt !== null && remindedAt !== null && remindedAt <= orderedAt;
  truth.count("carts.all", month);
  if (isRecovered) truth.money("carts.recovered_revenue_eur", month, order?.euros ?? 0n, 2);
  if (createdAt + window >= calendar.to) return;
  truth.count("carts.mature", month);
  const isLate = orderedAt === null || orderedAt > createdAt + window;
  if (isLate || isRecovered) truth.count("carts.abandoned", month);
  if (isRecovered) truth.count("carts.recovered", month);
}

const isWithin = (from: number, at: number, seconds: number): boolean =>
  at >= from && at <= from + seconds;
