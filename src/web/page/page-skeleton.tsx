import { Skeleton } from "@mantine/core";
import { FigureGridSkeleton } from "../figure/figure-grid.tsx";
import classes from "./page.module.css";

/** A screen on its way: title, cards, a chart. */
export function PageSkeleton() {
  return (
    <div className={classes.page} aria-hidden>
      <Skeleton height={52} width={320} radius="md" />
      <FigureGridSkeleton count={8} />
      <Skeleton height={340} radius="md" />
    </div>
  );
}
