import type { DrawerProps } from "@mantine/core";
import { lazy, Suspense, useRef } from "react";

const Sheet = lazy(async () => ({ default: (await import("./sheet.tsx")).Sheet }));

/**
 * A page that slides in over the screen; what it takes is fetched when it is opened first.
 *
 * @param props as the kit's drawer takes them
 */
export function LazySheet(props: DrawerProps) {
  const wasOpen = useRef(false);
  wasOpen.current ||= props.opened;
  return wasOpen.current ? (
    <Suspense fallback={null}>
      <Sheet {...props} />
    </Suspense>
  ) : null;
}
