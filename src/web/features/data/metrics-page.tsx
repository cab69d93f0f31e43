import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ShownLocked } from "../../../server/api.ts";
import { lockedQuery } from "../../api/locked.ts";
import { Answered } from "../../page/answered.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import classes from "./data.module.css";
import { MetricItem } from "./metric-item.tsx";
import { metricsFor } from "./metric-search.ts";
import { useDataTab } from "./tabs.ts";
import { Unlocks } from "./unlocks.tsx";

/** Every metric with its definition, and which rows the locked ones wait for. */
export function MetricsPage() {
  const { t, locale } = useTexts();
  const query = useQuery(lockedQuery(locale));
  return (
    <Answered query={query} height={600}>
      {(locked) => (
        <>
          {locked.locked.length > 0 ? <Unlocks locked={locked} /> : null}
          <Panel
            title={t("data.tab.metrics")}
            about={t("data.metrics_about", { computable: locked.computable, of: locked.of })}
          >
            <Catalogue locked={locked} />
          </Panel>
        </>
      )}
    </Answered>
  );
}

function Catalogue({ locked }: { readonly locked: ShownLocked }) {
  const { t } = useTexts();
  const { catalogue } = useKnown();
  const { keyOf, setKeys } = useDataTab();
  const [q, family, only] = [keyOf("q") ?? "", keyOf("family") ?? "", keyOf("only")];
  const waiting = new Map(locked.locked.map((one) => [one.metric, one]));
  const found = metricsFor(catalogue.metrics, q)
    .filter((metric) => family === "" || metric.family === family)
    .filter(({ id }) => only !== "locked" || waiting.has(id));
  const title = t("data.tab.metrics");
  const table = {
    caption: title,
    columns: [t("data.metric"), t("data.family"), t("data.formula"), t("data.state")],
    rows: found.map(({ id, name, familyName, variants }) => [
      name,
      familyName,
      variants[0]?.words ?? "",
      t(waiting.has(id) ? "data.locked" : "data.computable"),
    ]),
  };
  return (
    <>
      <div className={classes.search}>
        <TextInput
          type="search"
          size="sm"
          label={t("data.find_metric")}
          placeholder={t("data.find_metric_about")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={q}
          onChange={({ currentTarget }) => setKeys({ q: currentTarget.value || undefined }, true)}
        />
        <NativeSelect
          size="sm"
          label={t("data.family")}
          value={family}
          onChange={({ currentTarget }) => setKeys({ family: currentTarget.value || undefined })}
        >
          <option value="">{t("data.all_families")}</option>
          {catalogue.families.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
        <Checkbox
          label={t("data.only_locked")}
          checked={only === "locked"}
          onChange={({ currentTarget }) =>
            setKeys({ only: currentTarget.checked ? "locked" : undefined })
          }
        />
        <span className="muted small numbers" role="status">
          {t("data.metrics_found", { count: found.length })}
        </span>
        <ExportMenu title={title} table={table} />
      </div>
      <ul className={classes.rows}>
        {found.map((metric) => (
          <MetricItem key={metric.id} metric={metric} locked={waiting.get(metric.id)} />
        ))}
      </ul>
    </>
  );
}
