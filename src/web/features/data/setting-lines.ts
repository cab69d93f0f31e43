import { intlTags } from "../../../locales/translate.ts";
import type { ShownSettings } from "../../../server/api.ts";
import type { Texts } from "../../text/texts.tsx";
import { countText } from "./words.ts";

/** A setting in words, with its name in the file. */
interface SettingLine {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/**
 * Says what the settings are, each with its name in the settings file.
 *
 * @param settings of the workspace
 * @param texts of the page
 * @param model name of the attribution model
 */
export function settingLines(
  settings: ShownSettings,
  { t, locale }: Pick<Texts, "t" | "locale">,
  model: string,
): readonly SettingLine[] {
  const { attribution } = settings;
  const days = (count: number) => t("data.days_of", { count });
  const minutes = (count: number) => t("data.minutes_of", { count });
  const month = new Intl.DateTimeFormat(intlTags[locale], { month: "long", timeZone: "UTC" });
  return [
    { key: "name", name: t("data.set.name"), value: settings.name },
    { key: "currency", name: t("data.set.currency"), value: settings.currency },
    {
      key: "default_currency",
      name: t("data.set.default_currency"),
      value: settings.defaultCurrency ?? t("data.set.none"),
    },
    { key: "time_zone", name: t("data.set.time_zone"), value: settings.timeZone },
    {
      key: "week_start",
      name: t("data.set.week_start"),
      value: t(`data.set.${settings.weekStart}`),
    },
    {
      key: "fiscal_year_start",
      name: t("data.set.fiscal_year_start"),
      value: month.format(new Date(Date.UTC(2025, settings.fiscalYearStart - 1, 1))),
    },
    {
      key: "revenue.from",
      name: t("data.set.revenue_from"),
      value: t(`data.set.from_${settings.revenueFrom}`),
    },
    {
      key: "revenue.tax",
      name: t("data.set.revenue_tax"),
      value: t(`data.set.tax_${settings.revenueTax}`),
    },
    {
      key: "revenue.shipping",
      name: t("data.set.shipping"),
      value: t(settings.hasShipping ? "data.set.yes" : "data.set.no"),
    },
    { key: "attribution.model", name: t("data.set.model"), value: model },
    {
      key: "attribution.window_days",
      name: t("data.set.window"),
      value: days(attribution.windowDays),
    },
    {
      key: "attribution.view_window_days",
      name: t("data.set.view_window"),
      value: days(attribution.viewWindowDays),
    },
    {
      key: "attribution.level",
      name: t("data.set.level"),
      value: t(`data.set.level_${attribution.level}`),
    },
    { key: "attribution.goal", name: t("data.set.goal"), value: attribution.goal },
    {
      key: "customers.active_days",
      name: t("data.set.active"),
      value: days(settings.activeDays),
    },
    {
      key: "customers.unit",
      name: t("data.set.unit"),
      value: t(`data.set.level_${settings.customerUnit}`),
    },
    {
      key: "sessions.timeout_minutes",
      name: t("data.set.session"),
      value: minutes(settings.sessionMinutes),
    },
    {
      key: "follow_up_minutes",
      name: t("data.set.follow_up"),
      value: minutes(settings.followUpMinutes),
    },
    {
      key: "stale_after_days",
      name: t("data.set.stale"),
      value: days(settings.staleAfterDays),
    },
    { key: "few", name: t("data.set.few"), value: countText(settings.few, locale) },
    {
      key: "channels",
      name: t("data.set.channels"),
      value: countText(settings.channelRules, locale),
    },
  ];
}
