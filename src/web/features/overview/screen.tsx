import { Page } from "../../page/page.tsx";
import { useT } from "../../text/texts.tsx";
import { KeyFigures } from "./key-figures.tsx";

/** Does it pay, and what changed? */
export function Screen() {
  const t = useT();
  return (
    <Page title={t("nav.overview")} question={t("overview.question")}>
      <KeyFigures />
    </Page>
  );
}
