import { IconFilter, IconFilterOff, IconX } from "@tabler/icons-react";
import { useT } from "../text/texts.tsx";
import type { Chip } from "../view/filters.ts";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";
import { FilterAdd } from "./filter-add.tsx";
import classes from "./view-bar.module.css";

/** What filters the view: each part a sentence that can be removed. */
export function FilterChips() {
  const t = useT();
  const { view, setChips } = useView();
  const { chips } = view;
  return (
    <>
      {chips.map((chip) => (
        <ChipButton
          key={JSON.stringify(chip)}
          chip={chip}
          onRemove={() => setChips(chips.filter((one) => one !== chip))}
        />
      ))}
      <FilterAdd />
      {chips.length > 1 ? (
        <button type="button" className={classes.quiet} onClick={() => setChips([])}>
          {t("filter.clear")}
        </button>
      ) : null}
    </>
  );
}

/** As many values as a chip says; the others are counted. */
const shownValues = 2;

function ChipButton({ chip, onRemove }: { readonly chip: Chip; readonly onRemove: () => void }) {
  const t = useT();
  const { dimensionName } = useKnown();
  const sentence = () => {
    if (chip.kind === "text") return chip.text;
    const { dimension, values, isExcluded } = chip;
    const more = values.length - shownValues;
    const list = values.slice(0, shownValues).join(", ");
    return t(isExcluded ? "filter.is_not" : "filter.is", {
      dimension: dimensionName(dimension),
      values: more > 0 ? t("filter.more", { list, count: more }) : list,
    });
  };
  const isExcluded = chip.kind === "values" && chip.isExcluded;
  const Icon = isExcluded ? IconFilterOff : IconFilter;
  return (
    <span className={classes.chip} data-excluded={isExcluded}>
      <Icon size={14} aria-hidden />
      <span className={classes.chipText} title={sentence()}>
        {sentence()}
      </span>
      <button
        type="button"
        aria-label={t("filter.remove", { filter: sentence() })}
        onClick={onRemove}
      >
        <IconX size={14} aria-hidden />
      </button>
    </span>
  );
}
