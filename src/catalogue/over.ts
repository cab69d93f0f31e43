import type { DerivedTable } from "../derive/derived.ts";
import type { DerivedTableName } from "../derive/tables.ts";
import type { Measure } from "./measure.ts";

type Named = DerivedTable & { readonly name: DerivedTableName };
type ColumnOf<Table extends DerivedTable> = keyof Table["columns"] & string;

/**
 * Declares measures over one derived table; the compiler checks that the columns exist.
 *
 * @param table the fact that the measures read
 * @param definitions measures by id
 */
export function over<Table extends Named, Id extends string>(
  table: Table,
  definitions: Readonly<Record<Id, Omit<Measure<ColumnOf<Table>>, "id" | "fact">>>,
): readonly (Measure & { readonly id: Id })[] {
  return Object.entries<Omit<Measure, "id" | "fact">>(definitions).map(([id, definition]) => ({
    id: id as Id,
    fact: table.name,
    ...definition,
  }));
}
