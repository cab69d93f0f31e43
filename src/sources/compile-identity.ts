import { freemailDomains, identifierPatterns, roleNames } from "../ledger/identifiers.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import {
  absent,
  asText,
  type Identifier,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import type { Located } from "./layers.ts";
import type { Expression, Who } from "./source.ts";

type Kind = Identifier["kind"];

/** SQL of `normaliseEmail`. */
export function emailSql(dialect: Dialect, text: Sql): Sql {
  const { hasPart, replaced, tidy } = dialect.texts;
  const lower = sql`lower(${text})`;
  const inside = tidy(dialect.capture(lower, identifierPatterns.emailInBrackets));
  const bare = sql`CASE WHEN ${hasPart(text, "<")} THEN ${inside} WHEN ${hasPart(text, ":")} THEN ${replaced(lower, identifierPatterns.emailScheme, "\\1")} ELSE ${lower} END`;
  return sql`CASE WHEN ${dialect.matches(bare, identifierPatterns.email)} THEN ${bare} END`;
}

/** SQL of `normalisePhone`. */
export function phoneSql(dialect: Dialect, text: Sql): Sql {
  const { replaced } = dialect.texts;
  const digits = replaced(
    replaced(sql`lower(${text})`, identifierPatterns.phoneNoise, ""),
    "^00",
    "+",
  );
  return sql`CASE WHEN ${dialect.matches(digits, identifierPatterns.phone)} THEN ${digits} END`;
}

/** SQL of `normaliseDomain`. */
export function domainSql(dialect: Dialect, text: Sql): Sql {
  const { replaced } = dialect.texts;
  const steps: readonly (readonly [string, string])[] = [
    [identifierPatterns.beforeHost, ""],
    [identifierPatterns.afterHost, ""],
    ["^www\\.", ""],
    ["\\.$", ""],
  ];
  const domain = steps.reduce(
    (piece, [pattern, by]) => replaced(piece, pattern, by),
    sql`lower(${text})`,
  );
  return sql`CASE WHEN ${dialect.matches(domain, identifierPatterns.domain)} THEN ${domain} END`;
}

/** SQL of `isRoleAddress`. */
export function isRoleSql(dialect: Dialect, email: Sql): Sql {
  const local = dialect.capture(email, "^([^@]*)@");
  return sql`${local} IN (${join(roleNames.map((name) => literal(name)))})`;
}

function companyDomain(dialect: Dialect, text: Sql): Sql {
  const domain = domainSql(dialect, text);
  return sql`CASE WHEN ${domain} NOT IN (${join(freemailDomains.map((known) => literal(known)))}) THEN ${domain} END`;
}

const normalisers: Readonly<Record<Kind, (dialect: Dialect, text: Sql) => Sql>> = {
  email: emailSql,
  phone: phoneSql,
  domain: companyDomain,
  id: (_, text) => text,
  anonymous: (_, text) => text,
  account: (_, text) => text,
};

/** Kinds that mean the same in every source; browsers carry random ids, so that any file may name them. */
const isGlobal = (kind: Kind): boolean => kind !== "id" && kind !== "account";

/**
 * Compiles an identifier: normalised in clear, and hashed. It is recorded in the scope, so that the load can keep it.
 *
 * @param scope the file and what is being compiled
 * @param kind what it identifies by
 * @param expression where its text comes from
 * @returns null when the file has no such column
 */
export function identifierOf(scope: Scope, kind: Kind, expression: Expression): Identifier | null {
  const value = scope.compile(expression);
  if (value.isAbsent) return null;
  const text = asText(scope, value);
  const normalised = scope.layers.named({
    sql: normalisers[kind](scope.dialect, text.sql),
    level: text.level,
  });
  const namespace = isGlobal(kind) ? "" : scope.keySpace;
  const hash = scope.dialect.identity([literal(kind), literal(namespace), normalised.sql]);
  const identity = scope.layers.named({
    sql: sql`CASE WHEN ${normalised.sql} IS NOT NULL THEN ${hash} END`,
    level: normalised.level,
  });
  const identifier = { kind, namespace, value: normalised, identity };
  scope.identifiers.push(identifier);
  return identifier;
}

/**
 * Compiles an expression that names an account or another person to its identity.
 *
 * @param scope the file and what is being compiled
 * @param kind what it identifies by
 * @param expression where its text comes from
 */
export function identityValue(scope: Scope, kind: Kind, expression: Expression): Value {
  const found = identifierOf(scope, kind, expression);
  if (!found) return absent("identity", null);
  const field = scope.compile(expression).field;
  return { ...found.identity, type: "identity", checks: [], field };
}

/** Who a row is about. */
export interface CompiledWho {
  /** The strongest identifier; null when the source names nobody at all. */
  readonly identity: Located | null;
  readonly identifiers: readonly Identifier[];
  readonly anonymous: Located | null;
}

/**
 * Compiles the person of a row: the first of id, e-mail, phone, anonymous; an address of a role, such as info@, comes
 * behind the phone.
 *
 * @param scope the file and what is being compiled
 * @param who the identifiers as the source gives them
 */
export function compileWho(scope: Scope, who: Who | undefined): CompiledWho {
  const of = (kind: "id" | "email" | "phone" | "anonymous"): Identifier | null => {
    const expression = who?.[kind];
    return expression ? identifierOf(scope, kind, expression) : null;
  };
  const [id, email, phone, anonymous] = [of("id"), of("email"), of("phone"), of("anonymous")];
  const further = (who?.sameAs ?? []).map((expression) => identifierOf(scope, "id", expression));
  const identifiers = [id, email, phone, anonymous, ...further].filter((one) => one !== null);
  const order: Sql[] = [];
  if (id) order.push(id.identity.sql);
  if (email && phone) {
    const isRole = isRoleSql(scope.dialect, email.value.sql);
    order.push(sql`CASE WHEN NOT (${isRole}) THEN ${email.identity.sql} END`);
  } else if (email) order.push(email.identity.sql);
  if (phone) order.push(phone.identity.sql);
  if (email && phone) order.push(email.identity.sql);
  if (anonymous) order.push(anonymous.identity.sql);
  if (order.length === 0) return { identity: null, identifiers, anonymous: null };
  const identity = scope.layers.named({
    sql: order.length === 1 && order[0] ? order[0] : sql`coalesce(${join(order)})`,
    level: levelOf(...identifiers.flatMap((one) => [one.identity, one.value])),
  });
  return {
    identity,
    identifiers,
    anonymous: anonymous && identifiers.length > 1 ? besides(anonymous.identity, identity) : null,
  };
}

/** The browser or device, where the row also knows the person. */
function besides(anonymous: Located, identity: Located): Located {
  return {
    sql: sql`nullif(${anonymous.sql}, ${identity.sql})`,
    level: levelOf(anonymous, identity),
  };
}

/** True on rows whose identifier is an address of a role; null SQL for the other kinds. */
export function sharedSql(dialect: Dialect, kind: Kind, value: Sql): Sql {
  return kind === "email" ? isRoleSql(dialect, value) : raw("FALSE");
}
