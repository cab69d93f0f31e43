import { Button } from "@mantine/core";
import { IconDownload, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { startReplay } from "../../api/jobs.ts";
import { rejectsQuery } from "../../api/rejects.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ProblemMessage } from "../../page/problem.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { Pager } from "./pager.tsx";
import { RejectReasons } from "./reject-reasons.tsx";
import { RejectRows } from "./reject-rows.tsx";
import { useRejectWords } from "./reject-words.ts";
import { useDataTab } from "./tabs.ts";

const limit = 50;

/** Rows that could not be used: why, and as they were read. They can be saved, corrected, dropped again, or read again. */
export function RejectsPage() {
  const t = useT();
  const { keyOf, setKeys } = useDataTab();
  const asked = { load: keyOf("load"), source: keyOf("source"), code: keyOf("code") };
  const offset = Number(keyOf("at") ?? 0) || 0;
  const query = useQuery(rejectsQuery({ ...asked, offset, limit }));
  const isFiltered = Object.values(asked).some((one) => one !== undefined);
  return (
    <Panel
      title={t("data.tab.rejects")}
      about={t("data.rejects_about")}
      isBusy={query.isPlaceholderData}
      actions={
        <>
          {asked.load ? <SaveRejects load={asked.load} /> : null}
          <Replay />
        </>
      }
    >
      <Filters asked={asked} />
      <Answered query={query} height={400}>
        {(rejects) =>
          rejects.total === 0 ? (
            <Empty title={t(isFiltered ? "data.rejects_none_here" : "data.rejects_none")} />
          ) : (
            <>
              <RejectReasons reasons={rejects.reasons} />
              <RejectRows rows={rejects.rows} />
              <Pager
                offset={offset}
                limit={limit}
                total={rejects.total}
                onOffset={(at) => setKeys({ at: at === 0 ? undefined : String(at) })}
              />
            </>
          )
        }
      </Answered>
    </Panel>
  );
}

/** What the list is narrowed to; one click widens it again. */
function Filters({
  asked,
}: {
  readonly asked: Readonly<Record<"load" | "source" | "code", string | undefined>>;
}) {
  const t = useT();
  const { setKeys } = useDataTab();
  const wordsOf = useRejectWords();
  const shown = {
    load: t("data.load_number", { load: asked.load ?? "" }),
    source: asked.source ?? "",
    code: wordsOf(asked.code ?? "", asked.code ?? "").text,
  };
  const names = (["load", "source", "code"] as const).filter((name) => asked[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <div className={classes.buttons}>
      {names.map((name) => (
        <Button
          key={name}
          size="compact-sm"
          variant="default"
          onClick={() => setKeys({ [name]: undefined, at: undefined })}
        >
          {t("data.unfilter", { value: shown[name] })}
        </Button>
      ))}
    </div>
  );
}

/**
 * Saves the rejects of a load as the file that can be corrected and dropped again.
 *
 * @param props number of the load
 */
export function SaveRejects({ load }: { readonly load: string }) {
  const t = useT();
  return (
    <Button
      component="a"
      size="xs"
      variant="default"
      href={`/api/rejects.csv?load=${encodeURIComponent(load)}`}
      download
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t("data.save_rejects")}
    </Button>
  );
}

/** Reads all open rejects again. */
function Replay() {
  const t = useT();
  const client = useQueryClient();
  const { open } = useDataTab();
  const replay = useMutation({
    mutationFn: startReplay,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["jobs"] });
      open("files");
    },
  });
  return (
    <>
      <Button
        size="xs"
        loading={replay.isPending}
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => replay.mutate()}
      >
        {t("data.replay")}
      </Button>
      {replay.error ? <ProblemMessage error={replay.error} /> : null}
    </>
  );
}
