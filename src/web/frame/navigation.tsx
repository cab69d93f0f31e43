import { Link, useSearch } from "@tanstack/react-router";
import { LazySheet } from "../page/lazy-sheet.tsx";
import { type Screen, screens } from "../screens.ts";
import { useT } from "../text/texts.tsx";
import type { Search } from "../view/search.ts";
import classes from "./frame.module.css";
import { SignOut } from "./sign-out.tsx";

const groups: readonly Screen["group"][] = ["results", "journey", "base"];

/**
 * The screens that exist. On a phone they open over the page.
 *
 * @param props whether it is open there, and how to close it
 */
export function Navigation({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const t = useT();
  return (
    <>
      <nav className={classes.nav} aria-label={t("frame.navigation")}>
        <Screens />
        <SignOut />
      </nav>
      <LazySheet opened={isOpen} onClose={onClose} size={280} title={t("app.name")}>
        <nav aria-label={t("frame.navigation")}>
          <Screens />
          <SignOut />
        </nav>
      </LazySheet>
    </>
  );
}

function Screens() {
  const t = useT();
  const search = useSearch({ strict: false }) as Search;
  // What is looked at goes along to the next screen; the explanation of one figure does not.
  const { r, c, g, ch, ca, seg, f, m, w } = search;
  const kept = { r, c, g, ch, ca, seg, f, m, w };
  return groups.map((group) => {
    const found = screens.filter((screen) => screen.group === group);
    if (found.length === 0) return null;
    return (
      <section key={group}>
        <h2 className={classes.navGroup}>{t(`nav.group.${group}`)}</h2>
        <ul className={classes.navList}>
          {found.map(({ id, path, icon: Icon, title }) => (
            <li key={id}>
              <Link
                to={path}
                search={kept as never}
                className={classes.navLink}
                activeOptions={{ exact: true, includeSearch: false }}
              >
                <Icon size={18} stroke={1.75} aria-hidden />
                {t(title)}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
