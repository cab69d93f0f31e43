import { Link } from "@tanstack/react-router";
import { useT } from "../text/texts.tsx";
import classes from "./page.module.css";

/** What an address leads to that no screen has. */
export function NotFound() {
  const t = useT();
  return (
    <div className={`${classes.message} ${classes.wide}`}>
      <h1>{t("not_found.title")}</h1>
      <span>{t("not_found.text")}</span>
      <Link to="/">{t("not_found.back")}</Link>
    </div>
  );
}
