import "./style/kit.ts";
import "@fontsource-variable/inter/index.css";
import "./style/tokens.css";
import "./style/app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadAppTexts } from "../locales/app-texts.ts";
import { App } from "./app.tsx";
import { firstLocale } from "./text/texts.tsx";

/** Faces of Chinese characters are many small files: their list comes after the first picture. */
function loadChineseFonts(): void {
  const load = () => void import("./style/chinese-fonts.ts");
  requestAnimationFrame(() => setTimeout(load, 0));
}

async function start(): Promise<void> {
  const locale = firstLocale();
  const element = document.getElementById("root");
  if (!element) throw new Error("no element to draw into: root");
  const texts = await loadAppTexts(locale);
  document.documentElement.lang = locale;
  createRoot(element).render(
    <StrictMode>
      <App first={{ locale, texts }} />
    </StrictMode>,
  );
  loadChineseFonts();
}

void start();
