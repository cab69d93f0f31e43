import { useT } from "../../text/texts.tsx";
import { useTableNames } from "./table-names.ts";

/** Returns the function that says what a source is: its title, which files of one's own and settings have no vendor for. */
export function useSourceNames(): (id: string, title: string) => string {
  const t = useT();
  const nameOf = useTableNames();
  return (id, title) => {
    if (id === "settings/costs") return t("data.cost.title");
    const [vendor, table = ""] = id.split("/");
    return vendor === "template"
      ? t("data.own_file", { table: nameOf(table.replaceAll("-", "_")) })
      : title;
  };
}
