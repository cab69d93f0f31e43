import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../src/figures/filter.ts";
import {
  bothOf,
  type Chip,
  chipsOf,
  filterOfGroup,
  textOf,
  valuesOf,
  withValues,
} from "../../src/web/view/filters.ts";

const dimension = fc.constantFrom("channel", "campaign", "country");
const values = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), {
  minLength: 1,
  maxLength: 4,
});
const chip: fc.Arbitrary<Chip> = fc.record({
  kind: fc.constant("values" as const),
  dimension,
  values,
  isExcluded: fc.boolean(),
});

describe("filter chips", () => {
  it("are read back as they are written, whatever the names hold", () => {
    fc.assert(
      fc.property(fc.array(chip, { minLength: 1, maxLength: 4 }), (chips) => {
        expect(chipsOf(textOf(chips))).toEqual(chips);
      }),
    );
  });

  it("keep hostile names as text", () => {
    const names = ['"; DROP TABLE x --', "<img src=x onerror=alert(1)>", "=cmd()", "你好\u202eabc"];
    const text = textOf([
      { kind: "values", dimension: "campaign", values: names, isExcluded: false },
    ]);
    expect(valuesOf(chipsOf(text), "campaign")).toEqual(names);
  });

  it("show as text what they cannot show as values", () => {
    const text = 'channel contains "mail" and (country = "DE" or country is null)';
    const chips = chipsOf(text);
    expect(chips.map(({ kind }) => kind)).toEqual(["text", "text"]);
    expect(parseFilter(textOf(chips))).toMatchObject({ op: "and" });
  });

  it("show a filter that does not parse as it is", () => {
    expect(chipsOf("channel = ")).toEqual([{ kind: "text", text: "channel = " }]);
  });

  it("are replaced by dimension", () => {
    const chips = withValues(chipsOf('channel in ("email") and country in ("DE")'), "channel", [
      "sms",
    ]);
    expect(textOf(chips)).toBe('country in ("DE") and channel in ("sms")');
    expect(withValues(chips, "channel", [])).toEqual(chipsOf('country in ("DE")'));
  });
});

describe("the filter of a group", () => {
  it("names each value, and the missing one", () => {
    const text = filterOfGroup({ channel: 'e"mail', campaign: null });
    expect(text).toBe('channel in ("e""mail") and campaign is null');
    expect(() => parseFilter(text)).not.toThrow();
  });

  it("joins with that of the view", () => {
    expect(bothOf("", "a = 1")).toBe("a = 1");
    expect(parseFilter(bothOf('a = "1" or b = "2"', 'c = "3"'))).toMatchObject({
      op: "and",
      parts: [{ op: "or" }, { dimension: "c" }],
    });
    expect(bothOf("", "")).toBe("");
  });
});
