import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WorkspaceInfo } from "../../src/server/api.ts";
import { knownSearch, parseSearch, writeSearch } from "../../src/web/view/search.ts";
import { questionOf, searchOfChips, viewOf } from "../../src/web/view/use-view.ts";

const workspace = {
  firstDay: "2024-07-01",
  lastDay: "2025-02-28",
  weekStart: "monday",
  fiscalYearStart: 1,
  attribution: { models: ["first", "linear"], model: "linear", windowDays: 90 },
} as unknown as WorkspaceInfo;

const read = (address: string) => viewOf(knownSearch(parseSearch(address)), workspace);

describe("the view in the address", () => {
  it("is the last 28 days against the 28 before when the address says nothing", () => {
    const view = read("");
    expect(view.period).toEqual({ from: "2025-02-01", to: "2025-03-01" });
    expect(view.compare).toEqual({ from: "2025-01-04", to: "2025-02-01" });
    expect(view.grain).toBe("day");
    expect(questionOf(view, { metrics: ["revenue"] })).not.toHaveProperty("filter");
  });

  it("is read from the short keys", () => {
    const view = read("?r=lm&c=off&g=week&ch=email&ch=sms&ca=Spring+%26+%22Co%22&m=first&w=30");
    expect(questionOf(view, { metrics: ["revenue"], grain: "view" })).toEqual({
      metrics: ["revenue"],
      from: "2025-02-01",
      to: "2025-03-01",
      compare: "none",
      grain: "week",
      filter: 'channel in ("email", "sms") and campaign in ("Spring & ""Co""")',
      attribution: { model: "first", windowDays: 30 },
    });
  });

  it("survives an address that somebody mistyped", () => {
    const view = read("?r=&c=maybe&g=minute&m=magic&w=-4&ch=&f=channel+%3D");
    expect(view.grain).toBe("day");
    expect(view.attribution).toBeUndefined();
    expect(view.chips).toEqual([{ kind: "text", text: "channel =" }]);
  });

  it("writes chips with their short keys, and the rest in the filter language", () => {
    const { chips } = read('?ch=email&f=channel+not+in+("sms")+and+country+in+("DE")');
    expect(searchOfChips(chips)).toEqual({
      ch: ["email"],
      ca: undefined,
      seg: undefined,
      f: 'channel not in ("sms") and country in ("DE")',
    });
  });

  it("is written as it is read", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 });
    const value = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value), (search) => {
        expect(parseSearch(writeSearch(search))).toEqual(search);
      }),
    );
  });
});
