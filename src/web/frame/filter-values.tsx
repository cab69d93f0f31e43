import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dimensionValuesQuery } from "../api/dimension-values.ts";
import { Answered } from "../page/answered.tsx";
import { useTexts } from "../text/texts.tsx";
import { valuesOf, withValues } from "../view/filters.ts";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";
import classes from "./view-bar.module.css";

/**
 * The values of a dimension, to keep to or to leave out.
 *
 * @param props the dimension, and what happens afterwards
 */
export function FilterValues({
  dimension,
  onDone,
}: {
  readonly dimension: string;
  readonly onDone: () => void;
}) {
  const { t, locale } = useTexts();
  const { dimensionName } = useKnown();
  const { view, setChips } = useView();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, 200);
  const [chosen, setChosen] = useState(() => valuesOf(view.chips, dimension));
  const query = useQuery(dimensionValuesQuery(dimension, asked, locale));
  const apply = (isExcluded: boolean) => {
    setChips(withValues(view.chips, dimension, chosen, isExcluded));
    onDone();
  };
  const toggle = (value: string) =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <>
      <TextInput
        type="search"
        size="xs"
        data-autofocus
        aria-label={t("filter.search", { dimension: dimensionName(dimension) })}
        placeholder={t("filter.search", { dimension: dimensionName(dimension) })}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <div className={classes.values}>
        <Answered query={query} height={180}>
          {({ values }) =>
            values.length === 0 ? (
              <p className="muted small">{t("filter.nothing")}</p>
            ) : (
              values.map(({ value, text }) =>
                value === null ? null : (
                  <Checkbox
                    key={value}
                    size="xs"
                    label={text}
                    checked={chosen.includes(value)}
                    onChange={() => toggle(value)}
                  />
                ),
              )
            )
          }
        </Answered>
      </div>
      <div className={classes.buttons}>
        <Button size="xs" onClick={() => apply(false)}>
          {t("filter.keep")}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={chosen.length === 0}
          onClick={() => apply(true)}
        >
          {t("filter.exclude")}
        </Button>
      </div>
    </>
  );
}
