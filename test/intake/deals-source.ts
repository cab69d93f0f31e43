import {
  is,
  money,
  not,
  number,
  oneOf,
  present,
  text,
  time,
} from "../../src/sources/expressions.ts";
import type { Source } from "../../src/sources/source.ts";

/** Columns of a file of deals. */
export const dealColumns = ["id", "changed", "state", "amount", "email"];
/** Deals and their people, with versions, rows of totals and rows of people only. */
export const deals: Source = {
  id: "test/deals",
  vendor: "Test",
  title: "Deals",
  columns: ["id", "changed"],
  skip: { when: is("state", "total"), reason: "a row of totals" },
  record: [
    {
      into: "deals",
      when: not(is("state", "person")),
      key: [text("id")],
      version: time("changed"),
      who: { email: text("email") },
      set: {
        deal: text("id"),
        state: oneOf("state", { open: "open", won: "won" }),
        amount: money("amount"),
      },
    },
    {
      into: "people",
      when: present("email"),
      key: [text("email")],
      version: time("changed"),
      who: { email: text("email") },
      set: { email: text("email"), score: number("amount") },
    },
  ],
};
