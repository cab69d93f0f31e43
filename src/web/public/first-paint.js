// Runs before the first paint, so that a dark page does not flash white: scheme and language as last chosen.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const chosen = read("lastpenny.scheme");
  const isDark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
  const language = read("lastpenny.language");
  if (language) root.lang = language;
})();
