import { describe, expect, it } from "vitest";
import { attributionOptions, chosenAttribution } from "../../src/cli/attribution-options.ts";
import { type Command, readArguments } from "../../src/cli/command.ts";

const command: Command = {
  ...{ name: "attribute", usage: "", summary: "", options: attributionOptions },
  run: async () => 0,
};
const chosen = (...args: readonly string[]) => chosenAttribution(readArguments(command, args));

describe("the options of attribution", () => {
  it("leave to the settings what is not given", () => {
    expect(chosen()).toEqual({});
  });

  it("take models as people write them", () => {
    for (const written of ["u_shaped", "U-shaped", "u shaped", "uShaped"]) {
      expect(chosen("--model", written)).toEqual({ model: "u_shaped" });
    }
    expect(chosen("--model", "Last non-direct")).toEqual({ model: "last_non_direct" });
  });

  it("name the models, and the nearest one, when there is none such", () => {
    expect(() => chosen("--model", "linaer")).toThrow(/did you mean linear\? .*w_shaped.*shapley/);
    expect(() => chosen("--model", "xyzzyxyzzy")).toThrow(/unknown model: xyzzyxyzzy \(one of/);
  });

  it("take windows in days and weeks", () => {
    expect(chosen("--window", "90d")).toEqual({ windowDays: 90 });
    expect(chosen("--window", "90")).toEqual({ windowDays: 90 });
    expect(chosen("--window", "2w")).toEqual({ windowDays: 14 });
  });

  it.each(["0", "0d", "-3", "d", "90m", "soon", "1.5d", ""])("refuse the window %j", (text) => {
    expect(() => chosen(`--window=${text}`)).toThrow(/write it as 90d/);
  });

  it("know persons and accounts", () => {
    expect(chosen("--level", "account", "--goal", "deals")).toEqual({
      level: "account",
      goal: "deals",
    });
    expect(() => chosen("--level", "company")).toThrow(/person or account/);
  });
});
