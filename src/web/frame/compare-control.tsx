import { IconArrowsDiff } from "@tabler/icons-react";
import { Choice } from "../page/choice.tsx";
import { daysText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import { comparisonPresets, customPeriod } from "../view/period.ts";
import { useView } from "../view/use-view.ts";

/** The choice of what figures are compared with. */
export function CompareControl() {
  const { t, locale } = useTexts();
  const { view, set } = useView();
  const custom = customPeriod(view.compareText);
  const chosen = comparisonPresets.find((one) => one === view.compareText) ?? "prev.wd";
  return (
    <Choice
      name={t("view.compare")}
      icon={<IconArrowsDiff size={16} aria-hidden />}
      value={custom ? "" : chosen}
      shown={custom ? daysText(custom, locale) : t(`compare.${chosen}`)}
      options={comparisonPresets.map((id) => ({ id, text: t(`compare.${id}`) }))}
      onChoose={(id) => set({ c: id === "prev.wd" ? undefined : id })}
    />
  );
}
