import { ActionIcon, Menu } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { type Locale, locales } from "../../locales/translate.ts";
import { useTexts } from "../text/texts.tsx";

/** Each language is called by its own name, so that everybody finds theirs. */
export const languageNames: Readonly<Record<Locale, string>> = {
  en: "English",
  "zh-Hans": "简体中文",
  "zh-Hant": "繁體中文",
  id: "Bahasa Indonesia",
};

/** The choice of language. */
export function LanguageMenu() {
  const { t, locale, setLocale } = useTexts();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("frame.language")}>
          <IconLanguage size={20} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {locales.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            aria-current={one === locale}
            rightSection={one === locale ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => setLocale(one)}
          >
            {languageNames[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
