import type { Life } from "./life.ts";

/**
 * Counts a person as a customer of the month, and once as a new one.
 *
 * @param at when they bought, in seconds since 1970
 */
export function countCustomer(life: Life, at: number): void {
  const { truth, calendar } = life.world;
  const month = calendar.monthOf(at);
  once(life, "customer", () => {
    truth.count("customers.new", month);
    truth.count(`customers.new_by_channel.${life.person.channel.name}`, month);
  });
  once(life, `customer ${month}`, () => truth.count("customers.buying", month));
}

/**
 * Runs something the first time that a key comes up in a life.
 *
 * @param key what is counted once
 */
export function once({ seen }: Pick<Life, "seen">, key: string, run: () => void): void {
  if (seen.has(key)) return;
  seen.add(key);
  run();
}
