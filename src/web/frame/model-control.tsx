import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Choice } from "../page/choice.tsx";
import { loadModelNames } from "../text/model-names.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";

const windows = [7, 14, 30, 60, 90, 180, 365] as const;

/** The choice of attribution model and of its window. */
export function ModelControl() {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { view, set } = useView();
  const { data: names } = useQuery({
    queryKey: ["model names", locale],
    queryFn: () => loadModelNames(locale),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { attribution } = workspace;
  const model = view.attribution?.model ?? attribution.model;
  const days = view.attribution?.windowDays ?? attribution.windowDays;
  const nameOf = (id: string) => names?.[id]?.name ?? id;
  return (
    <>
      <Choice
        name={t("view.model")}
        icon={<IconScale size={16} aria-hidden />}
        value={model}
        shown={nameOf(model)}
        options={attribution.models.map((id) => ({
          id,
          text: nameOf(id),
          about: names?.[id]?.rule ?? "",
        }))}
        onChoose={(id) => set({ m: id === attribution.model ? undefined : id })}
      />
      <Choice
        name={t("view.window")}
        value={String(days)}
        shown={t("view.window_days", { days })}
        options={[...new Set([...windows, attribution.windowDays])]
          .sort((a, b) => a - b)
          .map((one) => ({ id: String(one), text: t("view.window_days", { days: one }) }))}
        onChoose={(id) => set({ w: Number(id) === attribution.windowDays ? undefined : id })}
      />
    </>
  );
}
