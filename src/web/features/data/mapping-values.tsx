import { TextInput } from "@mantine/core";
import { useT } from "../../text/texts.tsx";
import mappingClasses from "./mapping.module.css";
import type { MappingEdit } from "./mapping-columns.tsx";

/**
 * Values that are the same in every row: what the file lacks and the ledger needs, and what was given before.
 *
 * @param props the mapping and what changed
 */
export function MappingValues({ mapping, change, onChange }: MappingEdit) {
  const t = useT();
  const filled = new Set(Object.values(change.columns));
  const { missing, notes, fields, constants } = mapping;
  const lacking = [
    ...missing.map(({ into, column }) => `${into}.${column}`),
    ...(notes.includes("currency_unknown")
      ? fields.filter(({ column }) => column === "currency").map(({ name }) => name)
      : []),
  ].filter((name) => !filled.has(name));
  const names = [...new Set([...lacking, ...Object.keys(constants)])];
  if (names.length === 0) return null;
  return (
    <fieldset className={mappingClasses.values}>
      <legend>{t(lacking.length > 0 ? "data.mapping.missing" : "data.mapping.constants")}</legend>
      {names.map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={name}
          placeholder={placeholderOf(
            fields.find((field) => field.name === name)?.type ?? "text",
            name,
          )}
          value={change.constants[name] ?? constants[name] ?? ""}
          onChange={({ currentTarget }) =>
            onChange({ ...change, constants: { ...change.constants, [name]: currentTarget.value } })
          }
        />
      ))}
    </fieldset>
  );
}

function placeholderOf(type: string, name: string): string {
  if (name.endsWith(".currency")) return "EUR";
  if (type === "day") return "2025-01-31";
  return type === "time" ? "2025-01-31T12:00:00Z" : "";
}
