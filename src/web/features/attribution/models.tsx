import { Dumbbell, dumbbellTable } from "../../../charts/dumbbell.tsx";
import type { ShownModelComparison } from "../../../server/api.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { useExplain } from "../../explain/use-explain.ts";
import { Choice } from "../../page/choice.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { useTexts } from "../../text/texts.tsx";
import { filterOfGroup } from "../../view/filters.ts";
import { useKnown } from "../../view/known.tsx";
import { ModelTable, useModelTable } from "./model-table.tsx";
import { dimensions, useAttributed } from "./use-attributed.ts";

/** Rows that are drawn; the table has all. */
const mostDrawn = 12;

/**
 * What every model credits: drawn as the range that the choice of a model opens, and as numbers.
 *
 * @param props all models side by side
 */
export function Models({
  comparison,
  isBusy,
}: {
  readonly comparison: ShownModelComparison;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { dimensionName } = useKnown();
  const { open } = useExplain();
  const { by, question, asked } = useAttributed();
  const table = useModelTable(comparison);
  const { rows, models, currency, unattributed, groups } = comparison;
  const title = t("attribution.models", { dimension: dimensionName(by) });
  if (rows.length === 0) {
    return (
      <Panel title={title} isBusy={isBusy} actions={<By />}>
        <Empty title={t("attribution.nothing")} height={160}>
          {t(question.filter ? "attribution.nothing_filtered" : "attribution.nothing_about")}
        </Empty>
      </Panel>
    );
  }
  const drawn = rows.slice(0, mostDrawn);
  const data = {
    title,
    models: models.map(({ name }) => name),
    unit: { unit: "money", currency },
    rows: [
      ...drawn.map(({ groupText, credit }) => ({
        name: groupText,
        values: models.map(({ id }) => datumIn(credit[id])),
      })),
      {
        name: t("attribution.unattributed"),
        isUnattributed: true,
        values: models.map(() => datumIn(unattributed.amount)),
      },
    ],
  };
  const explain = (index: number) => {
    const row = drawn[index];
    if (!row) return open({ metric: "unattributed_revenue" });
    return open({ metric: "attributed_revenue", filter: filterOfGroup({ [by]: row.group }) });
  };
  return (
    <>
      <ChartPanel
        title={title}
        about={
          drawn.length < groups
            ? t("attribution.models_some", { shown: drawn.length, groups })
            : t("attribution.models_about")
        }
        isBusy={isBusy}
        table={dumbbellTable({ ...data, locale })}
        actions={<By />}
      >
        {(place) => <Dumbbell {...data} {...place} onOpen={explain} />}
      </ChartPanel>
      <Panel
        title={t("attribution.by_model")}
        about={t("attribution.by_model_about")}
        isBusy={isBusy}
        actions={<ExportMenu title={t("attribution.by_model")} table={table.words} asked={asked} />}
      >
        <ModelTable {...table} />
      </Panel>
    </>
  );
}

const datumIn = (
  printed: { readonly value: string | null; readonly text: string } | undefined,
) => ({
  value: printed?.value ?? null,
  label: printed?.text ?? "–",
});

/** The choice of what credit is told by. */
function By() {
  const { t } = useTexts();
  const { dimensionName } = useKnown();
  const { by, setBy } = useAttributed();
  return (
    <Choice
      name={t("attribution.by")}
      value={by}
      shown={dimensionName(by)}
      options={dimensions.map((id) => ({ id, text: dimensionName(id) }))}
      onChoose={setBy}
    />
  );
}
