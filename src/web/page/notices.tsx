import { IconAlertTriangle } from "@tabler/icons-react";
import type { ShownReason } from "../../server/api.ts";
import classes from "./page.module.css";

/**
 * Sentences that a reader of the screen has to know, such as problems of the data.
 *
 * @param props the sentences
 */
export function Notices({ notices }: { readonly notices: readonly ShownReason[] }) {
  if (notices.length === 0) return null;
  return (
    <ul className={classes.notices}>
      {notices.map(({ code, text }) => (
        <li key={`${code} ${text}`}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
