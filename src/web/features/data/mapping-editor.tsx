import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MappingDecision, ShownMapping } from "../../../server/api.ts";
import { decideMapping, mappingQuery, removeMapping } from "../../api/mappings.ts";
import { Answered } from "../../page/answered.tsx";
import { ProblemMessage } from "../../page/problem.tsx";
import { useTexts } from "../../text/texts.tsx";
import classes from "./data.module.css";
import mappingClasses from "./mapping.module.css";
import { type MappingChange, MappingColumns } from "./mapping-columns.tsx";
import { MappingValues } from "./mapping-values.tsx";
import { useDataTab } from "./tabs.ts";
import { shareText } from "./words.ts";

/**
 * A mapping to be looked over: which column fills which field. It is accepted as it is, corrected, or discarded.
 *
 * @param props which
 */
export function MappingEditor({ id }: { readonly id: string }) {
  const query = useQuery(mappingQuery(id));
  return (
    <Answered query={query} height={280}>
      {(mapping) => <Editor key={mapping.yaml} mapping={mapping} />}
    </Answered>
  );
}

function Editor({ mapping }: { readonly mapping: ShownMapping }) {
  const { t, locale } = useTexts();
  const { id, isProposed, title, confidence } = mapping;
  const [change, setChange] = useState<MappingChange>({ columns: {}, constants: {} });
  const [yaml, setYaml] = useState<string | null>(null);
  return (
    <section className={mappingClasses.mapping} aria-label={t("data.mapping.of", { title })}>
      <header className={mappingClasses.mappingHead}>
        <h3>
          <bdi>{t("data.mapping.of", { title })}</bdi>
        </h3>
        {confidence === null || !isProposed ? null : (
          <span className="muted small">
            {t("data.mapping.sure_of", { share: shareText(confidence, locale) })}
          </span>
        )}
      </header>
      <p className="muted small">{t(isProposed ? "data.mapping.look" : "data.mapping.later")}</p>
      {yaml === null ? (
        <>
          <MappingColumns mapping={mapping} change={change} onChange={setChange} />
          <MappingValues mapping={mapping} change={change} onChange={setChange} />
        </>
      ) : (
        <Textarea
          label={t("data.mapping.as_text")}
          value={yaml}
          rows={18}
          spellCheck={false}
          classNames={{ input: mappingClasses.yaml ?? "" }}
          onChange={({ currentTarget }) => setYaml(currentTarget.value)}
        />
      )}
      <Decide id={id} mapping={mapping} decision={yaml === null ? change : { yaml }}>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => setYaml(yaml === null ? mapping.yaml : null)}
        >
          {t(yaml === null ? "data.mapping.edit_text" : "data.mapping.edit_columns")}
        </Button>
      </Decide>
    </section>
  );
}

function Decide({
  id,
  mapping,
  decision,
  children,
}: {
  readonly id: string;
  readonly mapping: ShownMapping;
  readonly decision: MappingDecision;
  readonly children: React.ReactNode;
}) {
  const { t } = useTexts();
  const client = useQueryClient();
  const { open } = useDataTab();
  const landed = async () => {
    await client.invalidateQueries({ queryKey: ["jobs"] });
    await client.invalidateQueries({ queryKey: ["mappings"], exact: true });
  };
  const decide = useMutation({
    mutationFn: () => decideMapping(id, decision),
    onSuccess: async () => {
      await landed();
      open("files");
    },
  });
  const remove = useMutation({ mutationFn: () => removeMapping(id), onSuccess: landed });
  const error = decide.error ?? remove.error;
  return (
    <>
      {error ? <ProblemMessage error={error} /> : null}
      <div className={classes.buttons}>
        <Button size="xs" loading={decide.isPending} onClick={() => decide.mutate()}>
          {t(mapping.isProposed ? "data.mapping.accept" : "data.mapping.save")}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t(mapping.isProposed ? "data.mapping.discard" : "data.mapping.remove")}
        </Button>
        {children}
      </div>
    </>
  );
}
