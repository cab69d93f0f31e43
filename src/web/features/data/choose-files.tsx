import { Button } from "@mantine/core";
import { IconFileImport, IconFolderOpen } from "@tabler/icons-react";
import { useRef } from "react";
import { useT } from "../../text/texts.tsx";

/**
 * Buttons that open the system's choice of files, and of a folder.
 *
 * @param props who gets the files
 */
export function ChooseFiles({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const t = useT();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const taken = (input: HTMLInputElement) => {
    onFiles([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = "";
  };
  return (
    <>
      <Button
        size="sm"
        leftSection={<IconFileImport size={18} aria-hidden />}
        onClick={() => files.current?.click()}
      >
        {t("data.choose")}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconFolderOpen size={18} aria-hidden />}
        onClick={() => folder.current?.click()}
      >
        {t("data.choose_folder")}
      </Button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-choose="files"
        onChange={({ currentTarget }) => taken(currentTarget)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        multiple
        hidden
        data-choose="folder"
        onChange={({ currentTarget }) => taken(currentTarget)}
      />
    </>
  );
}
