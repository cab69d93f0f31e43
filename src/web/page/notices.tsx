import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { ShownReason } from "../../server/api.ts";
import { useT } from "../text/texts.tsx";
import classes from "./page.module.css";

/** As many problems as leave room for the figures. */
const most = 3;

/**
 * Problems of the data that a reader of the screen has to know.
 *
 * @param props the sentences
 */
export function Notices({ notices }: { readonly notices: readonly ShownReason[] }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  if (notices.length === 0) return null;
  return (
    <ul className={classes.notices}>
      {notices.slice(0, isOpen ? undefined : most).map(({ code, text }) => (
        <li key={`${code} ${text}`}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{text}</span>
        </li>
      ))}
      {notices.length > most && !isOpen ? (
        <li>
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {t("page.more", { count: notices.length - most })}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

/**
 * What holds for every figure of an answer, such as how conversions are credited.
 *
 * @param props the sentences
 */
export function Notes({ notes }: { readonly notes: readonly ShownReason[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map(({ code, text }) => (
        <li key={`${code} ${text}`}>{text}</li>
      ))}
    </ul>
  );
}
