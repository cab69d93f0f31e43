import { IconFlask } from "@tabler/icons-react";
import { compareExact, parseExact } from "../../../ledger/exact.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { figureIn } from "../../chart/time-data.ts";
import { FigureCard } from "../../figure/figure-card.tsx";
import { FigureLink } from "../../figure/figure-link.tsx";
import { Notices } from "../../page/notices.tsx";
import { Phrase } from "../../text/phrase.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./attribution.module.css";

/** What the answers are made of. */
export const answerMetrics = [
  "attributed_revenue",
  "attributed_revenue_share",
  "influenced_revenue",
  "influenced_revenue_share",
  "unattributed_revenue",
  "revenue",
] as const;

/** Below this share of revenue with a known touch, credit is no ground for moving budgets. */
const enough = parseExact("0.6");

const noticeOf = (text: string) => ({ code: "attribution", params: {}, text });

/**
 * Three answers to who brought the revenue, side by side, so that none is taken for another: credited, influenced, caused.
 *
 * @param props the figures
 */
export function Answers({
  answer,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly isBusy: boolean;
}) {
  const t = useT();
  const [attributed, share, influenced, influencedShare, unattributed] = answerMetrics.map(
    (metric) => figureIn(answer, { metric }),
  );
  const covered = share?.value ?? null;
  const isThin = covered !== null && compareExact(parseExact(covered), enough) < 0;
  const isUntouched = attributed?.value === null && unattributed?.value !== null;
  return (
    <div className={classes.stack} aria-busy={isBusy}>
      <Notices
        notices={isThin ? [noticeOf(t("attribution.thin", { share: share?.text ?? "" }))] : []}
      />
      <Notices notices={isUntouched ? [noticeOf(t("attribution.no_touches"))] : []} />
      <div className={classes.answers}>
        <div className={classes.answer}>
          {attributed ? (
            <FigureCard figure={attributed} title={t("attribution.attributed")} />
          ) : null}
          <p className="muted small">
            <Phrase
              text="attribution.attributed_about"
              with={{
                share: share ? <FigureLink figure={share} /> : "–",
                rest: unattributed ? <FigureLink figure={unattributed} /> : "–",
              }}
            />
          </p>
        </div>
        <div className={classes.answer}>
          {influenced ? (
            <FigureCard figure={influenced} title={t("attribution.influenced")} />
          ) : null}
          <p className="muted small">
            <Phrase
              text="attribution.influenced_about"
              with={{ share: influencedShare ? <FigureLink figure={influencedShare} /> : "–" }}
            />
          </p>
        </div>
        <div className={classes.answer}>
          <article className={classes.unmeasured}>
            <h3>{t("attribution.incremental")}</h3>
            <p className={classes.unmeasuredValue}>
              <IconFlask size={20} aria-hidden /> {t("attribution.not_measured")}
            </p>
            <p className="small">{t("attribution.would_measure")}</p>
          </article>
          <p className="muted small">{t("attribution.incremental_about")}</p>
        </div>
      </div>
    </div>
  );
}
