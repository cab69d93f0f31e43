import "@mantine/spotlight/styles.css";
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData, spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { locales } from "../../locales/translate.ts";
import { useExplain } from "../explain/use-explain.ts";
import { screens } from "../screens.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";
import { languageNames } from "./language-menu.tsx";
import { type Entry, found } from "./palette-search.ts";

type Group = "screens" | "metrics" | "actions";

const groups: readonly Group[] = ["screens", "metrics", "actions"];

/** What the palette offers: screens, every metric by any of its names, and things to do. */
function useEntries(): readonly Entry<Group>[] {
  const { t, setLocale } = useTexts();
  const { catalogue } = useKnown();
  const { set } = useView();
  const { open } = useExplain();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  return useMemo(() => {
    const action = (id: string, title: string, run: () => void): Entry<Group> => ({
      id,
      group: "actions",
      title,
      synonyms: [],
      run,
    });
    return [
      ...screens.map(({ id, path, title }) => ({
        id: `screen ${id}`,
        group: "screens" as const,
        title: t(title),
        synonyms: [id],
        run: () => void navigate({ to: path, search: true } as never),
      })),
      ...catalogue.metrics.map(({ id, name, meaning, synonyms }) => ({
        id: `metric ${id}`,
        group: "metrics" as const,
        title: name,
        about: meaning,
        synonyms: [id, ...synonyms],
        run: () => open({ metric: id }),
      })),
      action("compare off", t("palette.compare_off"), () => set({ c: "off" })),
      action("compare on", t("palette.compare_on"), () => set({ c: undefined })),
      action("clear", t("palette.clear"), () =>
        set({ ch: undefined, ca: undefined, seg: undefined, f: undefined }),
      ),
      ...locales.map((one) => action(`lang ${one}`, languageNames[one], () => setLocale(one))),
      action("light", t("frame.light"), () => setColorScheme("light")),
      action("dark", t("frame.dark"), () => setColorScheme("dark")),
      action("system", t("frame.system"), () => setColorScheme("auto")),
    ];
  }, [t, setLocale, catalogue, set, open, setColorScheme, navigate]);
}

/**
 * The palette of the key Ctrl or Cmd with K.
 *
 * @param props how it closes
 */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const entries = useEntries();
  const [query, setQuery] = useState("");
  useEffect(() => {
    spotlight.open();
    return () => spotlight.close();
  }, []);
  const matches = found(entries, query);
  const actions = groups
    .map((group) => ({
      group: t(`palette.${group}`),
      actions: matches
        .filter((entry) => entry.group === group)
        .map(
          ({ id, title, about, run }): SpotlightActionData => ({
            id,
            label: title,
            ...(about ? { description: about } : {}),
            onClick: run,
          }),
        ),
    }))
    .filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      shortcut={null}
      actions={actions}
      filter={(_query, all) => all}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      nothingFound={t("palette.nothing")}
      searchProps={{ placeholder: t("palette.hint"), "aria-label": t("palette.hint") }}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      scrollable
      maxHeight={420}
    />
  );
}
