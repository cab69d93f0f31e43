import { NativeSelect } from "@mantine/core";
import type { ShownMapping } from "../../../server/api.ts";
import tableClasses from "../../table/table.module.css";
import { useTexts } from "../../text/texts.tsx";
import mappingClasses from "./mapping.module.css";
import { useTableNames } from "./table-names.ts";
import { shareText } from "./words.ts";

/** What a person changed of a mapping. */
export interface MappingChange {
  /** Column → field; null for none. */
  readonly columns: Readonly<Record<string, string | null>>;
  /** Field → the same value for every row. */
  readonly constants: Readonly<Record<string, string>>;
}

/** A mapping with what a person changed. */
export interface MappingEdit {
  readonly mapping: ShownMapping;
  readonly change: MappingChange;
  readonly onChange: (change: MappingChange) => void;
}

/**
 * Lets a column fill a field; a column that filled it before fills none then.
 *
 * @param mapping as it is
 * @param change so far
 * @param column of the file
 * @param field null for none
 */
export function withColumn(
  { columns }: Pick<ShownMapping, "columns">,
  change: MappingChange,
  column: string,
  field: string | null,
): MappingChange {
  const now = (name: string, into: readonly string[]) =>
    name in change.columns ? [change.columns[name]] : into;
  const freed = columns.flatMap(({ column: name, into }) =>
    field !== null && name !== column && now(name, into).includes(field) ? [[name, null]] : [],
  );
  return {
    ...change,
    columns: { ...change.columns, ...Object.fromEntries(freed), [column]: field },
  };
}

/**
 * The columns of a file with samples, and the field that each fills.
 *
 * @param props the mapping and what changed
 */
export function MappingColumns(edit: MappingEdit) {
  const { t, locale } = useTexts();
  const { columns, isProposed } = edit.mapping;
  const heads = ["column", "samples", "into", ...(isProposed ? ["sure" as const] : [])] as const;
  return (
    <div className={tableClasses.box}>
      <table className={tableClasses.table}>
        <caption className="unseen">{t("data.mapping.columns")}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === "column" ? tableClasses.first : ""}>
                {t(`data.mapping.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ column, samples, into, confidence }) => (
            <tr key={column}>
              <th scope="row" className={tableClasses.first}>
                <bdi>{column}</bdi>
              </th>
              <td className={mappingClasses.samples}>
                {samples.length > 0 ? (
                  samples.map((sample, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: samples are words and nothing else
                    <bdi key={index} className={mappingClasses.sample}>
                      {sample}
                    </bdi>
                  ))
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td>
                <FieldSelect edit={edit} column={column} into={into} />
              </td>
              {isProposed ? (
                <td className={`${tableClasses.number} muted`}>
                  {confidence ? shareText(confidence, locale) : "–"}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldSelect({
  edit: { mapping, change, onChange },
  column,
  into,
}: {
  readonly edit: MappingEdit;
  readonly column: string;
  readonly into: readonly string[];
}) {
  const { t } = useTexts();
  const nameOf = useTableNames();
  const [first = "", ...others] = into;
  const isChanged = column in change.columns;
  const value = isChanged ? (change.columns[column] ?? "") : first;
  const tables = [...new Set(mapping.fields.map(({ table }) => table))];
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t("data.mapping.field_of", { column })}
        value={value}
        className={mappingClasses.select}
        data-changed={isChanged}
        onChange={({ currentTarget }) =>
          onChange(
            withColumn(
              mapping,
              change,
              column,
              currentTarget.value === "" ? null : currentTarget.value,
            ),
          )
        }
      >
        <option value="">{t("data.mapping.unused")}</option>
        {tables.map((table) => (
          <optgroup key={table} label={nameOf(table)}>
            {mapping.fields
              .filter((field) => field.table === table)
              .map(({ name, column: field, isRequired }) => (
                <option key={name} value={name}>
                  {isRequired ? `${field} *` : field}
                </option>
              ))}
          </optgroup>
        ))}
      </NativeSelect>
      {others.length > 0 && !isChanged ? (
        <span className="muted small">{others.join(", ")}</span>
      ) : null}
    </>
  );
}
