import { useQuery } from "@tanstack/react-query";
import type { ShownSettings } from "../../../server/api.ts";
import { settingsQuery } from "../../api/settings.ts";
import { Answered } from "../../page/answered.tsx";
import { Panel } from "../../page/panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { RecurringCosts } from "./recurring-costs.tsx";
import { settingLines } from "./setting-lines.ts";
import { useModelName } from "./use-model-name.ts";

/** Settings that figures follow, and where they are changed. */
export function SettingsPage() {
  const { t, locale } = useTexts();
  const query = useQuery(settingsQuery(locale));
  return (
    <Answered query={query} height={480}>
      {(settings) => (
        <>
          <Panel
            title={t("data.tab.settings")}
            about={
              <>
                {t("data.settings_about")} <code className={classes.field}>{settings.file}</code>
              </>
            }
          >
            <Lines settings={settings} />
          </Panel>
          <RecurringCosts settings={settings} />
        </>
      )}
    </Answered>
  );
}

function Lines({ settings }: { readonly settings: ShownSettings }) {
  const texts = useTexts();
  const model = useModelName(settings.attribution.model);
  return (
    <dl className={classes.settings}>
      {settingLines(settings, texts, model).map(({ name, value, key }) => (
        <div key={key}>
          <dt>
            {name} <code className={classes.field}>{key}</code>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
