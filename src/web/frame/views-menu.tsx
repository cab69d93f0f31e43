import { Popover, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useT } from "../text/texts.tsx";
import classes from "./view-bar.module.css";

const SavedViews = lazy(async () => ({
  default: (await import("./saved-views.tsx")).SavedViews,
}));

/** Saved views: names for addresses. */
export function ViewsMenu() {
  const t = useT();
  const [isOpen, popover] = useDisclosure(false);
  return (
    <Popover opened={isOpen} onChange={popover.toggle} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <button type="button" className={classes.control} data-key="views" onClick={popover.toggle}>
          <IconBookmark size={16} aria-hidden />
          {t("views.title")}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.filter}>
        <Suspense fallback={<Skeleton height={90} />}>
          <SavedViews onChosen={popover.close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
