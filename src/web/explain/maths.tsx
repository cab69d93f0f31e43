import { useEffect, useRef } from "react";
import classes from "./explain.module.css";

const namespace = "http://www.w3.org/1998/Math/MathML";

/**
 * A formula as it is written by hand. The browser sets the MathML; nothing else in it would be taken over.
 *
 * @param props MathML of the server, and the formula in words for whoever hears it
 */
export function Maths({ mathml, words }: { readonly mathml: string; readonly words: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const math = new DOMParser().parseFromString(mathml, "text/html").querySelector("math");
    const all = math ? [math, ...math.querySelectorAll("*")] : [];
    const isMaths = all.every(({ namespaceURI }) => namespaceURI === namespace);
    box.current?.replaceChildren(...(math && isMaths ? [document.importNode(math, true)] : []));
  }, [mathml]);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
  return <section ref={box} className={classes.maths} tabIndex={0} aria-label={words} />;
}
