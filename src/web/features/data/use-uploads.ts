import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uploadFiles } from "../../api/upload.ts";

/** Files on their way to the server. */
export interface Upload {
  readonly id: number;
  readonly names: readonly string[];
  readonly bytes: number;
  /** From 0 to 1. */
  readonly share: number;
  readonly error: unknown;
}

/** The uploads of this page, and the ways to start, stop and forget them. */
export interface Uploads {
  readonly list: readonly Upload[];
  readonly send: (files: readonly File[], as?: string) => void;
  /** Stops an upload, or takes a failed one off the list. */
  readonly end: (id: number) => void;
}

/** Returns the uploads of this page; the server's jobs follow each of them. */
export function useUploads(): Uploads {
  const client = useQueryClient();
  const [list, setList] = useState<readonly Upload[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const change = (id: number, patch: Partial<Upload>) =>
    setList((all) => all.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  const forget = (id: number) => {
    stops.current.delete(id);
    setList((all) => all.filter((one) => one.id !== id));
  };
  return {
    list,
    send: (files, as) => {
      if (files.length === 0) return;
      const id = performance.now();
      const stop = new AbortController();
      stops.current.set(id, stop);
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      const names = files.map(({ name }) => name);
      setList((all) => [{ id, names, bytes, share: 0, error: null }, ...all]);
      uploadFiles({
        files,
        ...(as ? { as } : {}),
        onProgress: (share) => change(id, { share }),
        signal: stop.signal,
      })
        .then(() => client.invalidateQueries({ queryKey: ["jobs"] }))
        .then(() => forget(id))
        .catch((error: unknown) => {
          if (stop.signal.aborted) forget(id);
          else change(id, { error });
        });
    },
    end: (id) => {
      stops.current.get(id)?.abort();
      forget(id);
    },
  };
}
