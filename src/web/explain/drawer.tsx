import { Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownExplanation } from "../../server/api.ts";
import { explainQuery } from "../api/explain.ts";
import { Answered } from "../page/answered.tsx";
import { Sheet } from "../page/sheet.tsx";
import { daysText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";
import { ChangePage } from "./change-page.tsx";
import classes from "./explain.module.css";
import { FormulaPage } from "./formula-page.tsx";
import { InputsPage } from "./inputs-page.tsx";
import { RowsPage, rowsPerPage } from "./rows-page.tsx";
import { SqlPage } from "./sql-page.tsx";
import { Summary } from "./summary.tsx";
import { TrustPage } from "./trust-page.tsx";
import { explainTabs, useExplain } from "./use-explain.ts";

/** Explains one figure: how it is computed, from what, why it changed, and the very rows. Lives in the address. */
export function ExplainDrawer() {
  const { t, locale } = useTexts();
  const { view, ask } = useView();
  const { nameOf } = useKnown();
  const { target, tab, setTab, close } = useExplain();
  const key = JSON.stringify(target);
  const [page, setPage] = useState({ key, offset: 0 });
  // Another figure begins with its first rows.
  const rowOffset = page.key === key ? page.offset : 0;
  const isPhone = useMediaQuery("(width <= 600px)", window.innerWidth <= 600);
  const metric = target?.metric ?? "";
  const period = target?.period ?? view.period;
  const question = ask({
    metrics: [metric],
    period,
    ...(target?.filter ? { filter: target.filter } : {}),
    ...(target?.basis ? { basis: target.basis } : {}),
    ...(target?.period ? { compare: "previous" as const } : {}),
    ...(target?.model ? { model: target.model } : {}),
  });
  const asked = { question, rowLimit: rowsPerPage, rowOffset };
  const query = useQuery({ ...explainQuery(asked, locale), enabled: target !== null });
  return (
    <Sheet
      opened={target !== null}
      onClose={close}
      position="right"
      size={isPhone ? "100%" : "min(720px, 92vw)"}
      overlayProps={{ backgroundOpacity: 0.25 }}
      title={t("explain.title", { name: query.data?.name ?? nameOf(metric.split("@")[0] ?? "") })}
      classNames={{ title: classes.title ?? "" }}
    >
      <p className="muted small">
        {daysText(period, locale)}
        {question.filter ? ` · ${question.filter}` : ""}
      </p>
      <Answered query={query} height={480}>
        {(explanation) => (
          <>
            <Summary explanation={explanation} />
            <Tabs
              value={tab}
              onChange={(next) => setTab(explainTabs.find((one) => one === next) ?? "formula")}
              keepMounted={false}
            >
              <Tabs.List className={classes.tabs}>
                {explainTabs.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(`explain.${one}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value={tab} className={classes.page}>
                <Shown
                  explanation={explanation}
                  page={{
                    offset: rowOffset,
                    setOffset: (offset) => setPage({ key, offset }),
                    isBusy: query.isFetching,
                  }}
                />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </Answered>
    </Sheet>
  );
}

/** Which rows are shown, and the way to others. */
export interface RowsShown {
  readonly offset: number;
  readonly setOffset: (offset: number) => void;
  readonly isBusy: boolean;
}

function Shown({
  explanation,
  page,
}: {
  readonly explanation: ShownExplanation;
  readonly page: RowsShown;
}) {
  const { tab } = useExplain();
  switch (tab) {
    case "inputs":
      return <InputsPage explanation={explanation} />;
    case "change":
      return <ChangePage explanation={explanation} />;
    case "rows":
      return <RowsPage explanation={explanation} page={page} />;
    case "sql":
      return <SqlPage explanation={explanation} />;
    case "trust":
      return <TrustPage explanation={explanation} />;
    default:
      return <FormulaPage explanation={explanation} />;
  }
}
