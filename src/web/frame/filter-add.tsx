import { Popover, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import classes from "./view-bar.module.css";

const FilterValues = lazy(async () => ({
  default: (await import("./filter-values.tsx")).FilterValues,
}));

/** Adds a filter: first what to filter by, then its values. */
export function FilterAdd() {
  const t = useT();
  const { catalogue } = useKnown();
  const [isOpen, popover] = useDisclosure(false);
  const [dimension, setDimension] = useState<string | null>(null);
  const toggle = () => {
    setDimension(null);
    popover.toggle();
  };
  return (
    <Popover opened={isOpen} onChange={toggle} trapFocus returnFocus width={300}>
      <Popover.Target>
        <button type="button" className={classes.quiet} onClick={toggle}>
          <IconPlus size={14} aria-hidden />
          {t("filter.add")}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.filter}>
        {dimension === null ? (
          <>
            <p className="muted small">{t("filter.by")}</p>
            <ul className={classes.presets}>
              {catalogue.dimensions.map(({ id, name }) => (
                <li key={id}>
                  <button type="button" onClick={() => setDimension(id)}>
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <Suspense fallback={<Skeleton height={240} />}>
            <FilterValues dimension={dimension} onDone={popover.close} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
