import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { AppText } from "../../locales/app-texts.ts";
import { screens } from "../screens.ts";
import { periodText, stepped } from "../view/period.ts";
import { useView, type ViewControl } from "../view/use-view.ts";

const storageKey = "lastpenny.keys";

/** Whether single keys do anything; they can be switched off for people whose speech or aids type them by accident. */
export function areKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== "off";
}

/**
 * Switches single keys on or off.
 *
 * @param isOn whether they work
 */
export function setKeysOn(isOn: boolean): void {
  if (isOn) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, "off");
}

/** A key, what it is called on a keyboard, and what it does. */
export interface KeyBinding {
  readonly key: string;
  readonly text: AppText;
  readonly run: () => void;
}

const ranges = [
  { key: "d", preset: "7d", text: "period.7d" },
  { key: "w", preset: "28d", text: "period.28d" },
  { key: "m", preset: "mtd", text: "period.mtd" },
  { key: "q", preset: "qtd", text: "period.qtd" },
  { key: "y", preset: "ytd", text: "period.ytd" },
] as const;

function viewKeys({ view, set }: ViewControl): readonly KeyBinding[] {
  const step = (direction: 1 | -1) => set({ r: periodText(stepped(view.period, direction)) });
  return [
    ...ranges.map(({ key, preset, text }) => ({ key, text, run: () => set({ r: preset }) })),
    { key: "ArrowLeft", text: "keys.earlier", run: () => step(-1) },
    { key: "ArrowRight", text: "keys.later", run: () => step(1) },
    {
      key: "x",
      text: "keys.compare",
      run: () => set({ c: view.compareText === "off" ? undefined : "off" }),
    },
  ];
}

/** Opens the explanation of the figure that has the focus, or else of the one pointed at, or else of the first. */
function explainHere(): void {
  const selector = "[data-explain]";
  const focused = document.activeElement?.closest(selector);
  const pointed = [...document.querySelectorAll(":hover")].at(-1);
  const near = pointed?.closest(selector) ?? pointed?.closest("article")?.querySelector(selector);
  const found = focused ?? near ?? document.querySelector(`main ${selector}`);
  if (found instanceof HTMLElement) found.click();
  else if (found instanceof SVGElement)
    found.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}

function searchHere(): void {
  const field = document.querySelector<HTMLElement>("main input[type=search]");
  field?.focus();
}

/** Presses the first button of the page that is marked as the one for a key. */
function press(name: string): void {
  document.querySelector<HTMLElement>(`main [data-key="${name}"]`)?.click();
}

/** Returns the keys of the page, as the help lists them. */
export function useKeyBindings(onHelp: () => void): readonly KeyBinding[] {
  const control = useView();
  const navigate = useNavigate();
  return useMemo(
    () => [
      { key: "?", text: "keys.title", run: onHelp },
      { key: "e", text: "keys.explain", run: explainHere },
      { key: "/", text: "keys.search", run: searchHere },
      { key: "a", text: "keys.annotate", run: () => press("annotate") },
      { key: "s", text: "keys.save", run: () => press("views") },
      ...viewKeys(control),
      ...screens.map(({ path, title }, index) => ({
        key: String(index + 1),
        text: title,
        run: () => void navigate({ to: path, search: true } as never),
      })),
    ],
    [control, navigate, onHelp],
  );
}

/** Where a key means what it types, or belongs to the control that has the focus. */
function isTyping(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]")) {
    return true;
  }
  const isArrow = key.startsWith("Arrow");
  return (
    isArrow &&
    target.closest(
      "[role=tablist], [role=slider], [role=grid], svg, table, [role=application], [role=radiogroup]",
    ) !== null
  );
}

/**
 * Listens to the keyboard.
 *
 * @param props what palette and help open
 */
export function useKeys({
  onPalette,
  onHelp,
}: {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}): void {
  const bindings = useKeyBindings(onHelp);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWithControl = event.metaKey || event.ctrlKey;
      const run =
        isWithControl && event.key.toLowerCase() === "k" ? onPalette : bindingOf(event, bindings);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [bindings, onPalette]);
}

/** What a single key does; nothing while somebody types, or while a dialog is open. */
function bindingOf(
  event: KeyboardEvent,
  bindings: readonly KeyBinding[],
): (() => void) | undefined {
  const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey;
  // What has the focus, such as a chart, may have made use of the key.
  if (!isPlain || event.defaultPrevented) return undefined;
  if (!areKeysOn() || isTyping(event.target, event.key)) return undefined;
  if (document.querySelector("[role=dialog]")) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return bindings.find((one) => one.key === key)?.run;
}
