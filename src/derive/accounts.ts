import { freemailDomains } from "../ledger/identifiers.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";

/**
 * Returns the identity of the company that a web domain stands for; null for private mailboxes and for no domain.
 *
 * @param dialect hashing and regular expressions
 * @param text a domain, web address or e-mail address
 */
export function domainIdentity(dialect: Pick<Dialect, "identity" | "capture">, text: Sql): Sql {
  const domain = dialect.capture(
    sql`lower(trim(${text}))`,
    "^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?(?:www\\.)?([^/?#:@]+\\.[^/?#:@.]+)",
  );
  const free = join(freemailDomains.map((name) => literal(name)));
  return sql`CASE WHEN ${domain} <> '' AND ${domain} NOT IN (${free})
    THEN ${dialect.identity([literal("domain"), literal(""), domain])} END`;
}

/**
 * Returns the pairs of an account and its web domain, as identities `a` and `b`.
 *
 * @param dialect hashing and regular expressions
 */
export function accountDomainsSql(dialect: Pick<Dialect, "identity" | "capture">): Sql {
  return sql`SELECT a, b FROM (
      SELECT account AS a, ${domainIdentity(dialect, sql`domain`)} AS b
      FROM ledger.accounts WHERE deleted IS NOT TRUE
    ) AS d WHERE a IS NOT NULL AND b IS NOT NULL`;
}
