import { describe, expect, it } from "vitest";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { parseYaml } from "../../src/ledger/yaml-file.ts";

const parse = (text: string) =>
  parseYaml(settingsSchema, text, "lastpenny.yaml", "settings_invalid");

describe("the settings file", () => {
  it("may be empty", () => {
    expect(parse("").currency).toBe("EUR");
  });

  it("names file, line and field of a wrong value", () => {
    expect(() => parse("name: Shop\ntime_zone: Mars/Base\n")).toThrow(
      "lastpenny.yaml, line 2: time_zone: an IANA time zone, such as Europe/Berlin",
    );
  });

  it("lists every problem, also unknown fields", () => {
    expect(() => parse("currency: eur\ncolour: red\n")).toThrow(/line 1: currency.*\n.*colour/s);
  });

  it("names the line where the YAML itself breaks", () => {
    expect(() => parse('name: "open\n')).toThrow(/lastpenny.yaml, line \d+/);
  });
});
