import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { forgetView, saveView, viewsQuery } from "../api/views.ts";
import { Answered } from "../page/answered.tsx";
import { useT } from "../text/texts.tsx";
import classes from "./view-bar.module.css";

/**
 * The saved views: a name saves the address as it is, a click goes to one.
 *
 * @param props what happens once one is chosen
 */
export function SavedViews({ onChosen }: { readonly onChosen: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const query = useQuery(viewsQuery);
  const refresh = () => client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  const save = useMutation({ mutationFn: saveView, onSuccess: refresh });
  const forget = useMutation({ mutationFn: forgetView, onSuccess: refresh });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { pathname, search } = window.location;
    save.mutate({ name: name.trim(), path: pathname + search });
    setName("");
  };
  return (
    <>
      <form className={classes.buttons} onSubmit={submit}>
        <TextInput
          size="xs"
          data-autofocus
          aria-label={t("views.name")}
          placeholder={t("views.name")}
          value={name}
          error={save.error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button size="xs" type="submit" disabled={name.trim() === ""}>
          {t("views.save")}
        </Button>
      </form>
      <Answered query={query} height={60}>
        {({ views }) =>
          views.length === 0 ? (
            <p className="muted small">{t("views.none")}</p>
          ) : (
            <ul className={classes.presets}>
              {views.map((view) => (
                <li key={view.id}>
                  <button
                    type="button"
                    onClick={() => {
                      router.history.push(view.path);
                      onChosen();
                    }}
                  >
                    {view.name}
                  </button>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("views.forget", { name: view.name })}
                    onClick={() => forget.mutate(view.id)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}
