import { is, minus, ordinal, share, sum, total, when } from "../expressions.ts";
import type { Expression } from "../source.ts";

/** What is known of an order whose prices contain the tax. */
export interface TaxedOrder {
  readonly total: Expression;
  readonly tax: Expression;
}

/**
 * Returns the part of an order's tax that an amount of it contains, to the cent.
 *
 * @param order total and tax
 * @param amount the amount
 */
export const containedTax = (order: TaxedOrder, amount: Expression): Expression =>
  share(order.tax, amount, order.total, 2);

/**
 * Returns the tax that a sale line contains. An order's first line takes what rounding leaves over, so that the lines
 * contain exactly the order's tax, together with what is charged besides the sales.
 *
 * @param order total and tax, on every row of the order
 * @param sale amount of the row's line
 * @param by column that names the order
 */
export const containedTaxOfSale = (order: TaxedOrder, sale: Expression, by: string): Expression => {
  const own = containedTax(order, sale);
  const besides = containedTax(order, minus(order.total, total(sale, by)));
  const leftOver = minus(order.tax, total(own, by), besides);
  return sum(own, when(is(ordinal(by), "1"), leftOver));
};
