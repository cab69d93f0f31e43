import type { Job, Problem } from "../../server/api.ts";
import type { ProblemError } from "./request.ts";

/** What is uploaded, and who hears how far it is. */
export interface UploadRequest {
  readonly files: readonly File[];
  /** Id of the source that the files are, instead of recognising them. */
  readonly as?: string;
  /** Share of the bytes that are sent, from 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Uploads files; the server imports them as a job. Not with fetch: it does not tell how much was sent.
 *
 * @param upload the files
 * @throws ProblemError when the server refuses; Error when it cannot be reached or the upload is stopped
 */
export function uploadFiles({ files, as, onProgress, signal }: UploadRequest): Promise<Job> {
  const form = new FormData();
  // The server reads the form as it arrives: what is known of the files goes before them.
  if (as) form.set("as", as);
  for (const file of files) form.append("files", file, file.name);
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", "/api/uploads");
    sending.responseType = "json";
    sending.upload.addEventListener("progress", ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 0);
    });
    sending.addEventListener("load", () => {
      if (sending.status < 300 && sending.response) resolve(sending.response as Job);
      else reject(refused(sending));
    });
    sending.addEventListener("error", () => reject(new Error("network")));
    sending.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => sending.abort(), { once: true });
    sending.send(form);
  });
}

function refused({ response, status, statusText }: XMLHttpRequest): Error | ProblemError {
  const problem = response as Problem | null;
  if (problem && "detail" in problem) return Object.assign(new Error(problem.detail), { problem });
  return new Error(`${status} ${statusText}`);
}
