import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { LazySheet } from "../page/lazy-sheet.tsx";
import { daysText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import { useView } from "../view/use-view.ts";
import { CompareControl } from "./compare-control.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { GrainControl } from "./grain-control.tsx";
import { ModelControl } from "./model-control.tsx";
import { PeriodControl } from "./period-control.tsx";
import classes from "./view-bar.module.css";
import { ViewsMenu } from "./views-menu.tsx";

/**
 * What is looked at, and the ways to change it. On a phone it opens as a sheet; the days stay visible.
 *
 * @param props whether the screen credits conversions, so that the model can be chosen
 */
export function ViewBar({ isAttributed }: { readonly isAttributed: boolean }) {
  const { t, locale } = useTexts();
  const { view } = useView();
  const [isOpen, sheet] = useDisclosure(false);
  const isPhone = useMediaQuery("(width <= 600px)", window.innerWidth <= 600);
  const controls = (
    <>
      <PeriodControl />
      <CompareControl />
      <GrainControl />
      {isAttributed ? <ModelControl /> : null}
      <FilterChips />
    </>
  );
  if (!isPhone) {
    return (
      <section className={classes.bar} aria-label={t("view.title")}>
        {controls}
        <span className={classes.space} />
        <ViewsMenu />
      </section>
    );
  }
  return (
    <section className={classes.bar} aria-label={t("view.title")}>
      <button type="button" className={classes.control} onClick={sheet.open}>
        <IconAdjustmentsHorizontal size={16} aria-hidden />
        {daysText(view.period, locale)}
        {view.chips.length > 0 ? (
          <span className={classes.count}>{t("view.filters", { count: view.chips.length })}</span>
        ) : null}
      </button>
      <span className={classes.space} />
      <ViewsMenu />
      <LazySheet
        opened={isOpen}
        onClose={sheet.close}
        position="bottom"
        size="auto"
        title={t("view.title")}
      >
        <div className={classes.sheet}>{controls}</div>
      </LazySheet>
    </section>
  );
}
