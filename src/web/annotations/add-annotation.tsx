import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFlagPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { addDays } from "../../ledger/calendar.ts";
import type { NewAnnotation } from "../../server/api.ts";
import { addAnnotation, annotationsQuery } from "../api/annotations.ts";
import { useT } from "../text/texts.tsx";
import { useView } from "../view/use-view.ts";
import classes from "./annotations.module.css";

const kinds = [
  "campaign",
  "release",
  "price",
  "outage",
  "data_fix",
  "experiment",
  "go_live",
  "other",
] as const satisfies readonly NonNullable<NewAnnotation["kind"]>[];

/** Adds an annotation to every time series. */
export function AddAnnotation() {
  const t = useT();
  const [isOpen, popover] = useDisclosure(false);
  return (
    <Popover opened={isOpen} onChange={popover.toggle} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          data-key="annotate"
          leftSection={<IconFlagPlus size={16} aria-hidden />}
          onClick={popover.toggle}
        >
          {t("annotation.add")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Form onDone={popover.close} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const { view } = useView();
  const [from, setFrom] = useState(addDays(view.period.to, -1));
  const [to, setTo] = useState("");
  const [text, setText] = useState("");
  const [kind, setKind] = useState<(typeof kinds)[number]>("other");
  const save = useMutation({
    mutationFn: addAnnotation,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: annotationsQuery.queryKey });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ from, to: to === "" ? null : to, text: text.trim(), kind });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("annotation.text")}
        data-autofocus
        maxLength={2000}
        value={text}
        error={save.error?.message}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("annotation.from")}
        value={from}
        onChange={({ currentTarget }) => setFrom(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("annotation.to")}
        min={from}
        value={to}
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <NativeSelect
        label={t("annotation.kind")}
        data={kinds.map((value) => ({ value, label: t(`annotation.kind.${value}`) }))}
        value={kind}
        onChange={({ currentTarget }) =>
          setKind(kinds.find((one) => one === currentTarget.value) ?? "other")
        }
      />
      <Button type="submit" disabled={text.trim() === "" || from === ""}>
        {t("annotation.save")}
      </Button>
    </form>
  );
}
