import { IconLogout } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sessionQuery, signOut } from "../api/session.ts";
import { useT } from "../text/texts.tsx";
import classes from "./frame.module.css";

/** The way out, for whoever had to sign in. */
export function SignOut() {
  const t = useT();
  const client = useQueryClient();
  const session = useQuery(sessionQuery);
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => client.resetQueries() });
  if (!session.data?.needsSignIn || !session.data.isSignedIn) return null;
  return (
    <button
      type="button"
      className={classes.navLink}
      disabled={leave.isPending}
      onClick={() => leave.mutate()}
    >
      <IconLogout size={18} stroke={1.75} aria-hidden />
      {t("sign_in.out")}
    </button>
  );
}
