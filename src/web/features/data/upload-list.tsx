import { Button } from "@mantine/core";
import { ProblemMessage } from "../../page/problem.tsx";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import type { Upload, Uploads } from "./use-uploads.ts";
import { bytesText, shareText } from "./words.ts";

/**
 * The files on their way to the server, with how far they are.
 *
 * @param props the uploads
 */
export function UploadList({ uploads }: { readonly uploads: Uploads }) {
  return uploads.list.map((upload) => (
    <UploadLine key={upload.id} upload={upload} onEnd={() => uploads.end(upload.id)} />
  ));
}

function UploadLine({ upload, onEnd }: { readonly upload: Upload; readonly onEnd: () => void }) {
  const { t, locale } = useTexts();
  const { names, bytes, share, error } = upload;
  const [first = ""] = names;
  const what = t("data.upload", { count: names.length, first });
  return (
    <section className={classes.upload} aria-label={what}>
      <div className={classes.uploadHead}>
        <bdi>{what}</bdi>
        <span className="muted small numbers">{bytesText(bytes, locale)}</span>
        <Button size="compact-xs" variant="default" onClick={onEnd}>
          {t(error === null ? "data.stop" : "data.forget")}
        </Button>
      </div>
      {error === null ? (
        <div className={classes.progressLine}>
          <progress className={classes.progress} max={1} value={share} aria-label={what} />
          <span className="small numbers">{shareText(share, locale)}</span>
        </div>
      ) : (
        <ProblemMessage error={error} />
      )}
    </section>
  );
}
