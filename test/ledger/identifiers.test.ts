import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  isFreemailDomain,
  isRoleAddress,
  normaliseDomain,
  normaliseEmail,
  normalisePhone,
} from "../../src/ledger/identifiers.ts";
import { domainSql, emailSql, isRoleSql, phoneSql } from "../../src/sources/compile-identity.ts";
import { type Sql, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Cell, Store } from "../../src/store/store.ts";

describe("identifiers", () => {
  it.each([
    [" Ann@X.Example ", "ann@x.example"],
    ["Ann Lee <ann.lee+shop@x.example>", "ann.lee+shop@x.example"],
    ["mailto:ann@x.example?subject=Hi", "ann@x.example"],
    ["ann@x", null],
    ["ann at x.example", null],
    ["@x.example", null],
    ["ann@x..example", null],
  ])("e-mail %s is %s", (given, expected) => expect(normaliseEmail(given)).toBe(expected));

  it.each([
    ["+49 (0)30 / 123-456", "+4930123456"],
    ["0049 30 123456", "+4930123456"],
    ["(030) 123456 ext. 12", "030123456"],
    ["12345", null],
    ["call me", null],
  ])("phone %s is %s", (given, expected) => expect(normalisePhone(given)).toBe(expected));

  it.each([
    ["https://www.Acme.example:443/about?x=1", "acme.example"],
    ["ann@mail.acme.example", "mail.acme.example"],
    ["acme.example.", "acme.example"],
    ["acme", null],
    ["", null],
  ])("domain of %s is %s", (given, expected) => expect(normaliseDomain(given)).toBe(expected));

  it("know roles and providers of mailboxes", () => {
    expect(["info@x.example", "sales@x.example", "no-reply@x.example"].every(isRoleAddress)).toBe(
      true,
    );
    expect(["information@x.example", "ann@x.example"].some(isRoleAddress)).toBe(false);
    expect(isFreemailDomain("gmail.com")).toBe(true);
    expect(isFreemailDomain("acme.example")).toBe(false);
  });
});

describe("identifiers in SQL", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openDuckdb(":memory:");
  });
  afterAll(() => store.close());

  const cellOf = async (piece: Sql): Promise<Cell> => {
    const [row] = await store.query(sql`SELECT ${piece} AS "value"`);
    return row?.value ?? null;
  };
  const part = fc.stringMatching(/^[A-Za-z0-9 .+@<>:/()-]{0,8}$/);

  it("are the same as in TypeScript", async () => {
    const texts = fc.tuple(
      part,
      fc.constantFrom("", "@", "@www.", "://", "mailto:"),
      part,
      fc.constantFrom("", ".example", ">"),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (pieces) => {
        const text = pieces.join("").trim();
        const { dialect } = store;
        const given = sql`CAST(${text} AS VARCHAR)`;
        expect(await cellOf(emailSql(dialect, given))).toBe(normaliseEmail(text));
        expect(await cellOf(phoneSql(dialect, given))).toBe(normalisePhone(text));
        expect(await cellOf(domainSql(dialect, given))).toBe(normaliseDomain(text));
        const email = normaliseEmail(text);
        if (email)
          expect(await cellOf(isRoleSql(dialect, sql`${email}`))).toBe(isRoleAddress(email));
      }),
      { numRuns: 150, seed: 3 },
    );
  });
});
