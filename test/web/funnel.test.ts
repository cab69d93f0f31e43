import { describe, expect, it } from "vitest";
import type { ShownAnswer } from "../../src/server/api.ts";
import { cohortSteps, periodSteps } from "../../src/web/features/funnel/steps.ts";
import { dimensionsIn } from "../../src/web/view/use-fitting.ts";

const words = { locale: "en", nameOf: (metric: string) => metric } as const;

/** An answer of figures without buckets and groups. */
function answerOf(figures: readonly object[]): ShownAnswer {
  const whole = { variant: "default", group: {}, bucket: null, state: "ok", reasons: [] };
  return { figures: figures.map((one) => ({ ...whole, ...one })) } as unknown as ShownAnswer;
}

const immature = [{ code: "cohort_immature", params: {}, text: "40 of 46" }];
const share = (metric: string, numerator: string, reasons: readonly object[] = []) => ({
  ...{ metric, numerator, denominator: "46", value: "0.1", text: "10%", reasons },
});

describe("the funnel of a cohort", () => {
  const answer = answerOf([
    share("lead_to_mql_rate", "25", immature),
    share("lead_to_sql_rate", "12"),
    share("lead_to_opportunity_rate", "16"),
    share("lead_to_customer_rate", "0"),
  ]);
  const steps = cohortSteps(answer, words).map(({ step }) => step);

  it("begins with all leads and counts those who reached each stage", () => {
    expect(steps.map(({ datum }) => datum.label)).toEqual(["46", "25", "12", "16", "0"]);
  });

  it("says which share of a step goes on to the next, and how many do not", () => {
    expect(steps[1]?.rate?.label).toBe("54.3%");
    expect(steps[1]?.drop?.label).toBe("21");
    expect(steps[2]?.rate?.label).toBe("48.0%");
    expect(steps[4]?.rate?.label).toBe("0.0%");
    expect(steps[4]?.drop?.label).toBe("16");
  });

  it("loses nobody where more reach a stage than the one before it", () => {
    expect(steps[3]?.rate?.label).toBe("133.3%");
    expect(steps[3]?.drop).toBeUndefined();
  });

  it("marks the steps that still move", () => {
    expect(steps.map(({ isImmature }) => isImmature ?? false)).toEqual([
      ...[false, true, false, false, false],
    ]);
  });

  it("is empty where no lead is known", () => {
    expect(
      cohortSteps(answerOf([{ metric: "lead_to_mql_rate", value: null, text: "–" }]), words),
    ).toEqual([]);
  });
});

describe("the funnel of a period", () => {
  it("leaves out the stages that were not answered, and shows rates only where there is one", () => {
    const steps = periodSteps(
      answerOf([
        { metric: "new_leads", value: "46", text: "46" },
        { metric: "mqls", value: "29", text: "29" },
        { metric: "lead_to_mql_rate", value: "0.63", text: "63.0%" },
        { metric: "mql_to_sql_rate", value: null, text: "–" },
        { metric: "sqls", value: "17", text: "17" },
      ]),
      words,
    );
    expect(steps.map(({ step }) => [step.name, step.rate?.label])).toEqual([
      ["new_leads", undefined],
      ["mqls", "63.0%"],
      ["sqls", undefined],
    ]);
  });
});

describe("the dimensions of a filter", () => {
  it("are those that it names, not those inside of its values", () => {
    expect(dimensionsIn('channel in ("owner", "x ""campaign"" y")')).toEqual(["channel"]);
    expect(dimensionsIn("campaign is null and not (owner is null)")).toEqual(["campaign", "owner"]);
    expect(dimensionsIn("")).toEqual([]);
  });
});
