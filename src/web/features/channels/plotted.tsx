import { Choice } from "../../page/choice.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { isAdded, plottable } from "./column-sets.ts";

/**
 * The choice of what is drawn, and in which form.
 *
 * @param props the metric drawn now
 */
export function Plotted({ metric }: { readonly metric: string }) {
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { view, set } = useView();
  const form = view.search.form === "stack" ? "stack" : "multiples";
  return (
    <>
      {isAdded(metric) ? (
        <Choice
          name={t("channels.form")}
          value={form}
          shown={t(`channels.form.${form}`)}
          options={(["multiples", "stack"] as const).map((id) => ({
            id,
            text: t(`channels.form.${id}`),
          }))}
          onChoose={(id) => set({ form: id === "stack" ? id : undefined }, { replace: true })}
        />
      ) : null}
      <Choice
        name={t("overview.plotted")}
        value={metric}
        shown={nameOf(metric)}
        options={plottable.map((id) => ({ id, text: nameOf(id) }))}
        onChoose={(id) =>
          set({ plot: id === "attributed_revenue" ? undefined : id }, { replace: true })
        }
      />
    </>
  );
}
