import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ShownReconciliation } from "../../../server/api.ts";
import { printedReconcileQuery } from "../../api/reconcile.ts";
import { warningsQuery } from "../../api/warnings.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Notices } from "../../page/notices.tsx";
import { Panel } from "../../page/panel.tsx";
import { useTexts } from "../../text/texts.tsx";
import { CheckTables } from "./check-tables.tsx";
import { Claims } from "./claims.tsx";
import classes from "./data.module.css";

/** Whether everything adds up: checks, what looks suspicious, and what platforms claim. */
export function ProofPage() {
  const { t, locale } = useTexts();
  const query = useQuery(printedReconcileQuery(locale));
  const warnings = useQuery(warningsQuery(locale));
  return (
    <Answered query={query} height={480}>
      {(proof) => (
        <>
          <Panel title={t("data.proof")} about={t("data.proof_about")}>
            <Verdict proof={proof} />
            <CheckTables proof={proof} />
          </Panel>
          <Panel title={t("data.warnings")} about={t("data.warnings_about")}>
            <Answered query={warnings} height={80}>
              {({ warnings: found }) =>
                found.length === 0 ? (
                  <Empty title={t("data.warnings_none")} />
                ) : (
                  <Notices notices={found} />
                )
              }
            </Answered>
          </Panel>
          {proof.claims.length > 0 ? <Claims claims={proof.claims} /> : null}
        </>
      )}
    </Answered>
  );
}

function Verdict({ proof: { ties, counts } }: { readonly proof: ShownReconciliation }) {
  const { t } = useTexts();
  const sum = (what: "made" | "failed") =>
    Object.values(counts).reduce((total, count) => total + count[what], 0);
  const Icon = ties ? IconCircleCheck : IconCircleX;
  return (
    <p className={classes.verdict} data-ties={ties}>
      <Icon size={20} aria-hidden />
      {ties
        ? t("data.proof_ok", { count: sum("made") })
        : t("data.proof_bad", { count: sum("failed") })}
    </p>
  );
}
