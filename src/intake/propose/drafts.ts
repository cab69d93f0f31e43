import type { EventKind } from "../../ledger/tables/events.ts";
import {
  accountDomain,
  accountId,
  boolean,
  constant,
  content,
  currency,
  day,
  isNegative,
  isPositive,
  joined,
  lower,
  money,
  number,
  oneOf,
  product,
  text,
  time,
  when,
} from "../../sources/expressions.ts";
import type { Expression, Recording, Who } from "../../sources/source.ts";
import type { Roles } from "./roles.ts";
import { closedStages, eventWords, type Role } from "./words.ts";

/** What is known when a table is drafted. */
export interface DraftInput {
  readonly roles: Roles;
  readonly fileName: string;
}

/** A way to record a file. */
export interface Draft {
  readonly recordings: readonly Recording[];
  /** Meanings that this way uses. */
  readonly uses: readonly Role[];
}

type Setters = Readonly<
  Record<string, readonly [Role, (column: string) => Expression] | undefined>
>;

function setFrom(
  roles: Roles,
  setters: Setters,
): { set: Record<string, Expression>; uses: Role[] } {
  const set: Record<string, Expression> = {};
  const uses: Role[] = [];
  for (const [name, setter] of Object.entries(setters)) {
    const column = setter && roles[setter[0]]?.column;
    if (!setter || column === undefined) continue;
    set[name] = setter[1](column);
    uses.push(setter[0]);
  }
  return { set, uses };
}

const asText = (column: string) => text(column);
const asTime = (column: string) => time(column);
const asDay = (column: string) => day(column);
const asMoney = (column: string) => money(column);
const asNumber = (column: string) => number(column);
const asAccount = (column: string) => accountId(column);

function whoOf(roles: Roles): { who: Who | null; uses: Role[] } {
  const id = roles.person ?? (isRepeatedId(roles) ? roles.id : undefined);
  const who: Who = {
    ...(id ? { id: text(id.column) } : {}),
    ...(roles.email ? { email: text(roles.email.column) } : {}),
    ...(roles.phone ? { phone: text(roles.phone.column) } : {}),
  };
  const ids = roles.person ? (["person"] as const) : (["id"] as const);
  const uses = ([...(id ? ids : []), "email", "phone"] as const).filter((role) => roles[role]);
  return { who: Object.keys(who).length > 0 ? who : null, uses };
}

/** A plain `id` that comes back on many rows names somebody; otherwise it names the row. */
function isRepeatedId({ id }: Roles): boolean {
  return (id?.profile.distinct ?? 1) < 0.9;
}

/** An id of its own names a row; otherwise its content does. */
function keyOf(roles: Roles, role: Role, more: readonly Role[] = []): readonly Expression[] {
  const columns = [role, ...more]
    .map((one) => roles[one]?.column)
    .filter((one) => one !== undefined);
  const isId =
    (roles[role]?.profile.distinct ?? 0) > 0.99 || (more.length > 0 && columns.length > 1);
  return roles[role] && isId ? columns.map(asText) : [content];
}

/** Which column says where something comes from; names differ only by case. */
const origin: Setters = {
  channel: ["channel", asText],
  utm_source: ["source", (column) => lower(column)],
  utm_medium: ["medium", (column) => lower(column)],
  campaign: ["campaign", asText],
};

/** Drafts deals. */
export function draftDeals({ roles }: DraftInput): Draft {
  const stage = roles.stage ?? roles.status;
  const { set, uses } = setFrom(roles, {
    deal: [roles.deal ? "deal" : "id", asText],
    created_at: [roles.created ? "created" : "time", asTime],
    closed_at: ["closed", asTime],
    stage: [roles.stage ? "stage" : "status", asText],
    amount: ["amount", asMoney],
    currency: ["currency", (column) => currency(column)],
    account: ["account", asAccount],
    owner: ["owner", asText],
    product: ["product", asText],
    ...origin,
  });
  const named = (state: "won" | "lost") =>
    (stage?.profile.values ?? [])
      .filter((value) => closedStages[state].test(value))
      .map((value) => [value, state]);
  const states = Object.fromEntries([...named("won"), ...named("lost")]) as Record<string, string>;
  if (stage) set.state = oneOf(stage.column, states, "open");
  if (!set.deal) set.deal = content;
  const { who, uses: whoUses } = whoOf(roles);
  const recording: Recording = {
    into: "deals",
    key: keyOf(roles, roles.deal ? "deal" : "id"),
    ...(who ? { who } : {}),
    set,
  };
  return { recordings: [recording], uses: [...uses, ...whoUses] };
}

/** Returns what a line is worth: its amount, or pieces times price. */
function worth(roles: Roles): { amount: Expression | null; uses: readonly Role[] } {
  const { amount, price, quantity } = roles;
  if (amount) return { amount: money(amount.column), uses: ["amount"] };
  if (!price) return { amount: null, uses: [] };
  if (!quantity) return { amount: money(price.column), uses: ["price"] };
  return {
    amount: product(money(price.column), number(quantity.column)),
    uses: ["price", "quantity"],
  };
}

/** Drafts orders. */
export function draftOrders({ roles }: DraftInput): Draft {
  const { amount, uses: worthUses } = worth(roles);
  const booked: Role = roles.time ? "time" : "created";
  const { set, uses } = setFrom(roles, {
    booked_at: [booked, asTime],
    quantity: ["quantity", asNumber],
    currency: ["currency", (column) => currency(column)],
    product: ["product", asText],
    country: ["country", asText],
    account: ["account", asAccount],
    ...origin,
  });
  const { who, uses: whoUses } = whoOf(roles);
  const buyer = roles.person ?? roles.email ?? roles.account ?? roles.id;
  const parts = [buyer, roles[booked]].filter((one) => one !== undefined).map((one) => one.column);
  // A file without order numbers: what one buyer bought at one moment is one order.
  set.order = roles.order ? text(roles.order.column) : joined("/", ...parts);
  if (amount) set.amount = amount;
  set.line_type = amount
    ? when(isNegative(amount), constant("refund"), constant("sale"))
    : constant("sale");
  const recording: Recording = {
    into: "orders",
    key: keyOf(roles, "order"),
    ...(who ? { who } : {}),
    set,
  };
  return {
    recordings: [recording],
    uses: [...uses, ...worthUses, ...whoUses, ...(roles.order ? ["order" as const] : [])],
  };
}

/** Drafts costs. */
export function draftCosts({ roles }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    from_day: [roles.time ? "time" : "created", asDay],
    amount: ["spend", asMoney],
    currency: ["currency", (column) => currency(column)],
    ...origin,
    asset: ["ad", asText],
    country: ["country", asText],
    impressions: ["impressions", asNumber],
    clicks: ["clicks", asNumber],
    claimed_conversions: ["conversions", asNumber],
    claimed_leads: ["leads", asNumber],
  });
  const audience = (["age", "gender", "interest"] as const).filter((role) => roles[role]);
  if (audience.length > 0) {
    set.segment = joined(" · ", ...audience.map((role) => roles[role]?.column ?? ""));
  }
  const key = keyOf(roles, "ad", roles.time ? ["time"] : []);
  return { recordings: [{ into: "costs", key, set }], uses: [...uses, ...audience] };
}

/** Drafts people. */
export function draftPeople({ roles }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    email: ["email", asText],
    name: ["name", asText],
    created_at: [roles.created ? "created" : "time", asTime],
    company: ["account", asText],
    job_title: ["job", asText],
    country: ["country", asText],
    city: ["city", asText],
    owner: ["owner", asText],
    score: ["score", asNumber],
    converted: ["converted", (column) => boolean(column)],
    ...origin,
  });
  const { who, uses: whoUses } = whoOf(roles);
  const by: Role = roles.person || !roles.email ? (roles.person ? "person" : "id") : "email";
  const key = roles[by] ? [text(roles[by].column)] : [content];
  return {
    recordings: [{ into: "people", key, ...(who ? { who } : {}), set }],
    uses: [...uses, ...whoUses],
  };
}

/** Drafts accounts. */
export function draftAccounts({ roles }: DraftInput): Draft {
  const named = roles.account ?? roles.domain;
  const { set, uses } = setFrom(roles, {
    name: ["account", asText],
    domain: ["domain", (column) => accountDomain(column)],
    created_at: ["created", asTime],
    industry: ["industry", asText],
    country: ["country", asText],
    size: ["employees", asNumber],
    owner: ["owner", asText],
    parent: ["parent", asText],
  });
  if (named) set.account = accountId(named.column);
  return {
    recordings: [{ into: "accounts", key: named ? [text(named.column)] : [content], set }],
    uses,
  };
}

/** Drafts products. */
export function draftProducts({ roles }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    product: ["product", asText],
    category: ["category", asText],
    price: ["price", asMoney],
    currency: ["currency", (column) => currency(column)],
  });
  const key = roles.product ? [text(roles.product.column)] : [content];
  return { recordings: [{ into: "products", key, set }], uses };
}

const counted: readonly (readonly [Role, EventKind])[] = [
  ["impressions", "social_impression"],
  ["reach", "social_reached"],
  ["likes", "social_like"],
  ["comments", "social_comment"],
  ["shares", "social_share"],
  ["saves", "social_save"],
  ["replies", "social_reply"],
  ["linkClicks", "social_link_click"],
];

const networks =
  /(instagram|facebook|linkedin|tiktok|youtube|twitter|pinterest|weibo|wechat|xiaohongshu|threads)/i;

/** Posts with a column per kind of reaction: one counted row for each. */
export function draftSocial({ roles, fileName }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    occurred_at: [roles.time ? "time" : "created", asTime],
    asset: ["post", asText],
    campaign: ["campaign", asText],
  });
  const network = networks.exec(fileName)?.[1]?.toLowerCase();
  const found = counted.filter(([role]) => roles[role]);
  const recordings = found.map(([role, kind]): Recording => {
    const quantity = number(roles[role]?.column ?? "");
    return {
      into: "events",
      when: isPositive(quantity),
      key: [constant(kind), content],
      set: {
        ...set,
        kind: constant(kind),
        quantity,
        ...(network ? { utm_source: constant(network), utm_medium: constant("social") } : {}),
      },
    };
  });
  return { recordings, uses: [...uses, ...found.map(([role]) => role)] };
}

/** A log with one event per row, whose kinds are told by their words. */
export function draftEvents({ roles }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    occurred_at: [roles.time ? "time" : "created", asTime],
    asset: ["post", asText],
    ...origin,
  });
  const known = (roles.event?.profile.values ?? []).flatMap((value) => {
    const kind = eventWords.find(([words]) => words.test(value))?.[1];
    return kind ? [[value, kind] as const] : [];
  });
  if (roles.event) set.kind = oneOf(roles.event.column, Object.fromEntries(known));
  const { who, uses: whoUses } = whoOf(roles);
  return {
    recordings: [{ into: "events", key: [content], ...(who ? { who } : {}), set }],
    uses: [...uses, ...whoUses, "event"],
  };
}

/** Drafts followers. */
export function draftFollowers({ roles, fileName }: DraftInput): Draft {
  const { set, uses } = setFrom(roles, {
    counted_on: ["time", asDay],
    channel: ["channel", asText],
    count: ["followers", asNumber],
  });
  const network = networks.exec(fileName)?.[1]?.toLowerCase();
  if (!set.channel && network) set.channel = constant(network);
  const key = [
    ...(roles.channel ? [text(roles.channel.column)] : []),
    text(roles.time?.column ?? ""),
  ];
  return { recordings: [{ into: "followers", key, set }], uses };
}

/** Drafts surveys. */
export function draftSurveys({ roles }: DraftInput): Draft {
  const kind = roles.nps ? "nps" : "csat";
  const { set, uses } = setFrom(roles, {
    answered_at: [roles.time ? "time" : "created", asTime],
    score: [kind, asNumber],
    text: ["comment", asText],
  });
  set.kind = constant(kind);
  const { who, uses: whoUses } = whoOf(roles);
  return {
    recordings: [{ into: "surveys", key: [content], ...(who ? { who } : {}), set }],
    uses: [...uses, ...whoUses],
  };
}
