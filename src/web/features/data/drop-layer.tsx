import { IconFileImport } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { filesOfDrop } from "./dropped-files.ts";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Takes files that are dropped anywhere on the page, and says so while they are held above it.
 *
 * @param props who gets the files
 */
export function DropLayer({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const t = useT();
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    // Moving between elements leaves one and enters the next: only the outermost counts.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void filesOfDrop(event.dataTransfer).then(take);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, listen] of Object.entries(listeners)) {
      window.addEventListener(name as keyof typeof listeners, listen);
    }
    return () => {
      for (const [name, listen] of Object.entries(listeners)) {
        window.removeEventListener(name as keyof typeof listeners, listen);
      }
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={classes.dropping}>
      <IconFileImport size={40} stroke={1.5} aria-hidden />
      <strong>{t("data.drop_now")}</strong>
    </div>
  );
}
