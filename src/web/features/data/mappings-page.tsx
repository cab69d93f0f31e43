import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Mappings } from "../../../server/api.ts";
import { mappingsQuery } from "../../api/mappings.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { MappingEditor } from "./mapping-editor.tsx";
import { useDataTab } from "./tabs.ts";

/** The mappings of this workspace: proposals that wait, and those in use, which can be corrected. */
export function MappingsPage() {
  const t = useT();
  const query = useQuery(mappingsQuery);
  return (
    <Panel title={t("data.mapping.title")} about={t("data.mapping.about")}>
      <Answered query={query} height={200}>
        {({ own }) =>
          own.length === 0 ? (
            <Empty title={t("data.mapping.none")}>{t("data.mapping.none_about")}</Empty>
          ) : (
            <ul className={classes.rows}>
              {own.map((mapping) => (
                <MappingLine key={`${mapping.id} ${mapping.isProposed}`} mapping={mapping} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function MappingLine({ mapping }: { readonly mapping: Mappings["own"][number] }) {
  const t = useT();
  const { keyOf, setKeys } = useDataTab();
  const { id, title, file, isProposed, uploads } = mapping;
  const isOpen = keyOf("mapping") === id;
  return (
    <li>
      <div className={classes.rowHead}>
        <div>
          <strong>
            <bdi>{title}</bdi>
          </strong>{" "}
          <code className={classes.field}>{file}</code>
          <p className="muted small">
            {t(isProposed ? "data.mapping.waits" : "data.mapping.used", { count: uploads.length })}
          </p>
        </div>
        <Button
          size="xs"
          variant="default"
          aria-expanded={isOpen}
          onClick={() => setKeys({ mapping: isOpen ? undefined : id })}
        >
          {t(isOpen ? "data.mapping.close" : "data.mapping.open")}
        </Button>
      </div>
      {isOpen ? <MappingEditor id={id} /> : null}
    </li>
  );
}
