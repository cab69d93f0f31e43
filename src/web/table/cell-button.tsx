import { Mark } from "../figure/mark.tsx";
import type { CellContent } from "./cell-rows.ts";
import classes from "./table.module.css";
import type { useGridKeys } from "./use-grid-keys.ts";

/**
 * A cell of a table: words, or a button where a click does something.
 *
 * @param props what it says, where it stands
 */
export function CellButton({
  content,
  isName,
  isText,
  isMuted,
  place,
}: {
  readonly content: CellContent | undefined;
  readonly isName: boolean;
  readonly isText: boolean;
  readonly isMuted: boolean;
  readonly place: ReturnType<ReturnType<typeof useGridKeys>["cell"]>;
}) {
  const isWords = isName || isText;
  const inside = <Inside content={content ?? { text: "" }} isWords={isWords} place={place} />;
  const muted = isMuted ? "muted" : "";
  return isName ? (
    <th scope="row" className={`${classes.first} ${muted}`}>
      {inside}
    </th>
  ) : (
    <td
      className={`${isText ? classes.text : classes.number} ${muted}`}
      style={content?.strength ? { background: tint(content.strength) } : undefined}
    >
      {inside}
    </td>
  );
}

function Inside({
  content,
  isWords,
  place,
}: {
  readonly content: CellContent;
  readonly isWords: boolean;
  readonly place: ReturnType<ReturnType<typeof useGridKeys>["cell"]>;
}) {
  const { text, sub, figure, onOpen, title, explain } = content;
  const words = (
    <>
      <span className={isWords ? undefined : classes.valueLine}>
        {figure ? <Mark figure={figure} isShort /> : null}
        <bdi>{text}</bdi>
      </span>
      {sub === undefined ? null : <span className={`${classes.sub} muted small`}>{sub}</span>}
    </>
  );
  return onOpen ? (
    <button
      type="button"
      className={isWords ? classes.name : classes.figure}
      data-state={figure?.state}
      data-explain={explain}
      title={title}
      onClick={onOpen}
      {...place}
    >
      {words}
    </button>
  ) : (
    <span
      className={isWords ? classes.words : classes.figureWords}
      title={isWords ? (title ?? text) : title}
      {...place}
    >
      {words}
    </span>
  );
}

/** The words stay readable on the strongest tint of either theme. */
const tint = (strength: number) =>
  `color-mix(in srgb, var(--lp-s1) ${Math.round(strength * 36)}%, transparent)`;
