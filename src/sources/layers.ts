import { identifier, join, raw, renderSql, type Sql, sql } from "../sql/fragment.ts";

/** A column of the rows under construction, usable from a level on. */
export interface Located {
  readonly sql: Sql;
  /** Number of the layer whose columns the SQL reads. */
  readonly level: number;
}

/**
 * Nested SELECTs in which every value is computed once and named: what a later layer needs, it reads by name. Engines
 * share common expressions poorly across CASE, and conversions are the dear part of an import.
 */
export interface Layers {
  /** Names a value; equal SQL gets one name. */
  readonly named: (value: Located) => Located;
  /** Joins a ledger row by its key and names one of its columns. */
  readonly joined: (table: Sql, key: Located, column: string) => Located;
  /** The nested SELECT up to a level; without one, all of it. */
  readonly render: (base: Sql, level?: number) => Sql;
  /** Number of the last layer. */
  readonly height: () => number;
}

interface Layer {
  readonly columns: Map<string, { readonly name: string; readonly sql: Sql }>;
  readonly joins: Map<string, { readonly alias: string; readonly table: Sql; readonly key: Sql }>;
}

/** Returns an empty stack of layers. */
export function createLayers(): Layers {
  const layers: Layer[] = [];
  let count = 0;
  const layerAbove = (level: number): Layer => {
    while (layers.length <= level) layers.push({ columns: new Map(), joins: new Map() });
    return layers[level] as Layer;
  };
  const named = (value: Located): Located => {
    const text = renderKey(value.sql);
    if (/^"[cv][0-9]+"$/.test(text)) return value;
    const { columns } = layerAbove(value.level);
    // Counted on every call, so that names do not depend on which values happen to be equal.
    count += 1;
    const known = columns.get(text) ?? { name: `v${count}`, sql: value.sql };
    columns.set(text, known);
    return { sql: identifier(known.name), level: value.level + 1 };
  };
  const joined = (table: Sql, key: Located, column: string): Located => {
    const layer = layerAbove(key.level);
    const text = `${renderKey(table)} ${renderKey(key.sql)}`;
    count += 1;
    const join = layer.joins.get(text) ?? { alias: `j${count}`, table, key: key.sql };
    layer.joins.set(text, join);
    return named({ sql: identifier(join.alias, column), level: key.level });
  };
  const render = (base: Sql, level = layers.length): Sql =>
    layers.slice(0, level).reduce((below, layer) => renderLayer(below, layer), base);
  return { named, joined, render, height: () => layers.length };
}

function renderKey(piece: Sql): string {
  const { text, values } = renderSql(piece);
  return values.length === 0 ? text : `${text} ${JSON.stringify(values)}`;
}

function renderLayer(below: Sql, layer: Layer): Sql {
  const columns = [...layer.columns.values()].map(
    ({ name, sql: value }) => sql`${value} AS ${identifier(name)}`,
  );
  const joins = [...layer.joins.values()].map(
    ({ alias, table, key }) =>
      sql` LEFT JOIN ${table} AS ${identifier(alias)} ON ${identifier(alias, "row_key")} = ${key}`,
  );
  return sql`SELECT below.*${raw(columns.length > 0 ? ", " : "")}${join(columns)} FROM (${below}) AS below${join(joins, "")}`;
}
