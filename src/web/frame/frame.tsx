import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { catalogueQuery } from "../api/catalogue.ts";
import { useServerEvents } from "../api/events.ts";
import { isProblem } from "../api/request.ts";
import { workspaceQuery } from "../api/workspace.ts";
import { useExplain } from "../explain/use-explain.ts";
import { PageSkeleton } from "../page/page-skeleton.tsx";
import { ProblemMessage } from "../page/problem.tsx";
import { screens } from "../screens.ts";
import { useT, useTexts } from "../text/texts.tsx";
import { KnownProvider, useKnown } from "../view/known.tsx";
import classes from "./frame.module.css";
import { Header } from "./header.tsx";
import { useKeys } from "./keys.ts";
import { Navigation } from "./navigation.tsx";
import { Onboarding } from "./onboarding.tsx";
import { ViewBar } from "./view-bar.tsx";

const ExplainDrawer = lazy(async () => ({
  default: (await import("../explain/drawer.tsx")).ExplainDrawer,
}));
const SignIn = lazy(async () => ({ default: (await import("./sign-in.tsx")).SignIn }));
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const KeysHelp = lazy(async () => ({ default: (await import("./keys-help.tsx")).KeysHelp }));

/** Everything around the screens: header, navigation, what is looked at, and the drawer that explains. */
export function Frame() {
  const t = useT();
  const { locale } = useTexts();
  const workspace = useQuery(workspaceQuery);
  const catalogue = useQuery(catalogueQuery(locale));
  const error = workspace.error ?? catalogue.error;
  const isLoaded = workspace.data && catalogue.data;
  if (error && !isLoaded) {
    if (isProblem(error) && error.problem.status === 401) {
      return (
        <Suspense fallback={<Waiting />}>
          <SignIn />
        </Suspense>
      );
    }
    const retry = () => void Promise.all([workspace.refetch(), catalogue.refetch()]);
    return <ProblemMessage error={error} onRetry={retry} />;
  }
  return (
    <>
      <a className={classes.skip} href="#main">
        {t("frame.skip")}
      </a>
      {workspace.data && catalogue.data ? (
        <KnownProvider workspace={workspace.data} catalogue={catalogue.data}>
          <Inside />
        </KnownProvider>
      ) : (
        <Waiting />
      )}
    </>
  );
}

/** The first picture, while workspace and catalogue are on their way. */
function Waiting() {
  const t = useT();
  return (
    <div className={classes.frame}>
      <div className={classes.header}>
        <span className={classes.brand}>{t("app.name")}</span>
      </div>
      <div className={classes.nav} />
      <main className={classes.main} id="main" tabIndex={-1} aria-busy>
        <PageSkeleton />
      </main>
    </div>
  );
}

function Inside() {
  const { workspace } = useKnown();
  const [isNavOpen, nav] = useDisclosure(false);
  const [isPaletteOpen, palette] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const screen = screens.find((one) => one.path === path);
  const { target } = useExplain();
  const wasExplained = useRef(false);
  // It stays once it was there: only then it can give the focus back to what it was opened from.
  wasExplained.current ||= target !== null;
  const isEmpty = workspace.freshness.state === "empty" && !screen?.worksEmpty;
  useServerEvents();
  useKeys({ onPalette: palette.open, onHelp: help.open });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen closes the navigation of a phone
  useEffect(nav.close, [path]);
  return (
    <div className={classes.frame}>
      <Header onNavigation={nav.open} onPalette={palette.open} onHelp={help.open} />
      <Navigation isOpen={isNavOpen} onClose={nav.close} />
      <main className={classes.main} id="main" tabIndex={-1}>
        {isEmpty ? (
          <Onboarding />
        ) : (
          <>
            {screen?.isTimeless ? null : <ViewBar isAttributed={screen?.isAttributed ?? false} />}
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </>
        )}
      </main>
      <Suspense fallback={null}>
        {wasExplained.current ? <ExplainDrawer /> : null}
        {isPaletteOpen ? <Palette onClose={palette.close} /> : null}
        {isHelpOpen ? <KeysHelp onClose={help.close} /> : null}
      </Suspense>
    </div>
  );
}
