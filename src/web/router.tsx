import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { Frame } from "./frame/frame.tsx";
import { NotFound } from "./page/not-found.tsx";
import { ScreenError } from "./page/screen-error.tsx";
import { screens } from "./screens.ts";
import { knownSearch, parseSearch, writeSearch } from "./view/search.ts";

const root = createRootRoute({
  validateSearch: knownSearch,
  component: Frame,
  notFoundComponent: NotFound,
});

const routes = screens.map(({ path, load }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load, "Screen"),
    errorComponent: ScreenError,
  }),
);

/** The router: a route per screen, the view in the search part of the address. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
  defaultPreload: "intent",
});
