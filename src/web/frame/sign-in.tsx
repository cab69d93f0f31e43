import { Button, PasswordInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.css";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { isProblem } from "../api/request.ts";
import { signIn } from "../api/session.ts";
import { useT } from "../text/texts.tsx";
import classes from "./frame.module.css";

/** The way in where a password is set. */
export function SignIn() {
  const t = useT();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await signIn(password);
      await client.resetQueries();
    } catch (caught) {
      const isWrong = isProblem(caught) && caught.problem.status === 401;
      setError(isWrong ? t("sign_in.wrong") : String((caught as Error).message));
    }
  };
  return (
    <main className={classes.signIn}>
      <form onSubmit={(event) => void submit(event)}>
        <h1>{t("app.name")}</h1>
        <PasswordInput
          label={t("sign_in.password")}
          autoComplete="current-password"
          value={password}
          error={error}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={password === ""}>
          {t("sign_in.button")}
        </Button>
      </form>
    </main>
  );
}
