// Provides the texts of charts in every language, where files need not be fetched one by one.
import { provideChartTexts } from "./chart-texts.ts";
import en from "./en/charts.json" with { type: "json" };
import id from "./id/charts.json" with { type: "json" };
import zhHans from "./zh-Hans/charts.json" with { type: "json" };
import zhHant from "./zh-Hant/charts.json" with { type: "json" };

provideChartTexts("en", en);
provideChartTexts("id", id);
provideChartTexts("zh-Hans", zhHans);
provideChartTexts("zh-Hant", zhHant);
