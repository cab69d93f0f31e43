import { IconCircleCheck, IconExclamationCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { reconcileQuery } from "../../api/reconcile.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { ExportMenu } from "../../table/export-menu.tsx";
import { type FigureRow, figureRows } from "../../table/figure-rows.ts";
import { FigureTable } from "../../table/figure-table.tsx";
import { useT } from "../../text/texts.tsx";
import { textOf, withValues } from "../../view/filters.ts";
import { useView } from "../../view/use-view.ts";
import classes from "./attribution.module.css";

const checks = [
  "credits_are_ledger",
  "entry_divided",
  "shares_add_up",
  "costs_by_channel",
] as const;

const claimed = [
  "claimed_conversions",
  "attributed_conversions",
  "claimed_value",
  "attributed_revenue",
  "claim_gap",
  "claimed_roas",
  "roas",
] as const;
const by = ["channel"] as const;

/** Does all of it add up: credits against the ledger, and what platforms claim beside what they are credited with. */
export function Books() {
  const t = useT();
  const { ask } = useView();
  const reconciliation = useQuery(reconcileQuery);
  const question = ask({ metrics: claimed, by });
  const claims = useAnswer(question);
  const title = t("attribution.claims");
  const claiming = claims.data ? claimingRows(claims.data) : [];
  const exported =
    claiming.length === 0
      ? question
      : ask({
          metrics: claimed,
          by,
          filter: textOf(
            withValues(
              [],
              "channel",
              claiming.flatMap(({ group }) => group.channel ?? []),
            ),
          ),
        });
  return (
    <>
      <Panel title={t("attribution.books")} about={t("attribution.books_about")}>
        <Answered query={reconciliation} height={120}>
          {({ counts }) => (
            <div>
              {checks.map((code) => {
                const { made = 0, failed = 0 } = counts[code] ?? {};
                const Icon = failed === 0 ? IconCircleCheck : IconExclamationCircle;
                return (
                  <p key={code} className={classes.tie} data-tone={failed === 0 ? "good" : "bad"}>
                    <Icon size={18} aria-hidden />
                    {`${t(`attribution.check.${code}`)} ${t("attribution.checked", { made, failed })}`}
                  </p>
                );
              })}
            </div>
          )}
        </Answered>
      </Panel>
      <Panel
        title={title}
        about={t("attribution.claims_about")}
        isBusy={claims.isPlaceholderData}
        actions={<ExportMenu title={title} question={exported} />}
      >
        <Answered query={claims} height={280}>
          {(answer) => <Claims answer={answer} title={title} />}
        </Answered>
      </Panel>
    </>
  );
}

const isNothing = (value: string | null | undefined) => !value || /^-?0*(\.0*)?$/.test(value);

/** Channels whose platforms claim anything. */
function claimingRows(answer: ShownAnswer): readonly FigureRow[] {
  return figureRows(answer).rows.filter(
    ({ figures }) =>
      !isNothing(figures.claimed_conversions?.value) || !isNothing(figures.claimed_value?.value),
  );
}

function Claims({ answer, title }: { readonly answer: ShownAnswer; readonly title: string }) {
  const t = useT();
  const claiming = claimingRows(answer);
  if (claiming.length === 0) {
    return (
      <Empty title={t("attribution.no_claims")} height={100}>
        {t("attribution.no_claims_about")}
      </Empty>
    );
  }
  return (
    <FigureTable
      id="claims"
      caption={title}
      by={by}
      metrics={claimed}
      answer={{
        ...answer,
        groups: claiming.map(({ group }) => group),
        groupTexts: claiming.map(({ texts }) => texts),
      }}
      hasTotal={false}
    />
  );
}
