import { IconChartBar } from "@tabler/icons-react";
import { Choice } from "../page/choice.tsx";
import { useT } from "../text/texts.tsx";
import { usualGrain } from "../view/period.ts";
import { useView } from "../view/use-view.ts";

const grains = ["hour", "day", "week", "month", "quarter", "year"] as const;

/** The choice of the pieces into which time series are cut. */
export function GrainControl() {
  const t = useT();
  const { view, set } = useView();
  const usual = grains.find((one) => one === usualGrain(view.period)) ?? "day";
  const shown = grains.find((one) => one === view.grain) ?? usual;
  return (
    <Choice
      name={t("view.grain")}
      icon={<IconChartBar size={16} aria-hidden />}
      value={view.search.g ?? "auto"}
      shown={t(`grain.${shown}`)}
      options={[
        { id: "auto", text: t("grain.auto", { grain: t(`grain.${usual}`) }) },
        ...grains.map((id) => ({ id, text: t(`grain.${id}`) })),
      ]}
      onChoose={(id) => set({ g: id === "auto" ? undefined : id })}
    />
  );
}
