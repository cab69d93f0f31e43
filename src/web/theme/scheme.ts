import { localStorageColorSchemeManager } from "@mantine/core";

/** Keeps the chosen colour scheme where public/first-paint.js looks for it. */
export const schemeManager = localStorageColorSchemeManager({ key: "lastpenny.scheme" });
