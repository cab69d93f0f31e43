import { ActionIcon, Kbd, Tooltip } from "@mantine/core";
import { IconCoin, IconKeyboard, IconMenu2, IconSearch } from "@tabler/icons-react";
import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import classes from "./frame.module.css";
import { FreshnessChip } from "./freshness-chip.tsx";
import { LanguageMenu } from "./language-menu.tsx";
import { SchemeMenu } from "./scheme-menu.tsx";

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/**
 * The line above everything: whose figures these are, how fresh, search, language, colours.
 *
 * @param props what its buttons open
 */
export function Header({
  onNavigation,
  onPalette,
  onHelp,
}: {
  readonly onNavigation: () => void;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}) {
  const t = useT();
  const { workspace } = useKnown();
  return (
    <header className={classes.header}>
      <span className={classes.onlySmall}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("frame.open_navigation")}
          onClick={onNavigation}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
      </span>
      <span className={classes.brand}>
        <IconCoin size={22} aria-hidden />
        <span className={classes.brandName}>{t("app.name")}</span>
      </span>
      <span className={classes.workspace}>{workspace.name}</span>
      {workspace.isDemo ? (
        <Tooltip label={t("frame.demo_about")}>
          <span className={classes.demo}>{t("frame.demo")}</span>
        </Tooltip>
      ) : null}
      <button type="button" className={classes.search} onClick={onPalette}>
        <IconSearch size={16} aria-hidden />
        <span className={classes.onlyLarge}>{t("frame.search")}</span>
        <Kbd className={classes.onlyLarge}>{isApple ? "Cmd K" : "Ctrl K"}</Kbd>
        <span className={classes.onlySmall}>
          <span className="unseen">{t("frame.search")}</span>
        </span>
      </button>
      <span className={classes.space} />
      <FreshnessChip />
      <LanguageMenu />
      <SchemeMenu />
      <span className={classes.onlyLarge}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("keys.title")}
          onClick={onHelp}
        >
          <IconKeyboard size={20} stroke={1.75} />
        </ActionIcon>
      </span>
    </header>
  );
}
