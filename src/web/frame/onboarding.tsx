import { IconFileImport } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import pageClasses from "../page/page.module.css";
import { Page } from "../page/page.tsx";
import { screens } from "../screens.ts";
import { useT } from "../text/texts.tsx";

/** What an empty workspace says: where figures come from, and how to bring them in. */
export function Onboarding() {
  const t = useT();
  const data = screens.find(({ id }) => id === "data");
  return (
    <Page title={t("empty.title")} question={t("empty.question")}>
      <div className={pageClasses.panel}>
        <div className={pageClasses.message}>
          <IconFileImport size={32} stroke={1.5} aria-hidden />
          <strong>{t("empty.drop")}</strong>
          <span>{t("empty.formats")}</span>
          {data ? <Link to={data.path}>{t("empty.go")}</Link> : null}
        </div>
      </div>
    </Page>
  );
}
