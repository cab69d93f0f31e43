import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./figure.module.css";

/**
 * Cards side by side, as many as fit.
 *
 * @param props the cards
 */
export function FigureGrid({ children }: { readonly children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}

/**
 * The places of cards that are on their way: as high as the cards.
 *
 * @param props how many
 */
export function FigureGridSkeleton({ count }: { readonly count: number }) {
  return (
    <div className={classes.grid} aria-hidden>
      {Array.from({ length: count }, (_, index) => `card ${index}`).map((key) => (
        <Skeleton key={key} height={186} radius="md" />
      ))}
    </div>
  );
}
