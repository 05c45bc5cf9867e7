import { describe, expect, test } from "vitest";
import { lookOf } from "../../../cli/output/look.ts";
import { kept } from "../../support/umapi-in-process.ts";

const terminal = { isTTY: true, columns: 100, rows: 30 } as const;
const red = "\u001B[31mfailed\u001B[39m";

describe("colours", () => {
  test.each([
    ["a terminal", {}],
    ["a terminal with a name", { TERM: "xterm-256color" }],
    ["a terminal where NO_COLOR is empty (no-color.org)", { NO_COLOR: "" }],
    ["a terminal where both are set", { NO_COLOR: "1", FORCE_COLOR: "1" }],
  ])("are shown on %s", (_, environment) => {
    expect(lookOf(kept(terminal), environment).styled("red", "failed")).toBe(red);
  });

  test.each([
    ["is a dumb terminal", { TERM: "dumb" }],
    ["has NO_COLOR", { NO_COLOR: "1" }],
    ["has NO_COLOR with any text", { NO_COLOR: "please" }],
    ["has FORCE_COLOR=0", { FORCE_COLOR: "0" }],
    ["has FORCE_COLOR=false", { FORCE_COLOR: "false" }],
  ])("are not shown where it %s", (_, environment) => {
    expect(lookOf(kept(terminal), environment).styled("red", "failed")).toBe("failed");
  });

  test.each([
    ["of its own accord", {}, "failed"],
    ["by FORCE_COLOR=1", { FORCE_COLOR: "1" }, red],
    ["by FORCE_COLOR=3 on a dumb terminal's pipe", { FORCE_COLOR: "3", TERM: "dumb" }, red],
    ["by an empty FORCE_COLOR", { FORCE_COLOR: "" }, red],
  ])("are shown in a pipe %s: %o", (_, environment, expected) => {
    expect(lookOf(kept(), environment).styled("red", "failed")).toBe(expected);
  });

  test("are not added without a style", () => {
    expect(lookOf(kept(terminal), {}).styled(undefined, "plain")).toBe("plain");
  });
});

describe("the width to fit into", () => {
  test.each([
    ["a terminal's own", { ...terminal, columns: 72 }, { COLUMNS: "200" }, 72],
    ["what a terminal without a size is said to have", { ...terminal, columns: 0 }, { COLUMNS: "120" }, 120],
    ["80 where nothing is said of a terminal", { ...terminal, columns: 0 }, {}, 80],
    ["80 where nonsense is said of it", { ...terminal, columns: 0 }, { COLUMNS: "wide" }, 80],
    ["any in a pipe", undefined, {}, undefined],
    ["what is said of a pipe", undefined, { COLUMNS: "80" }, 80],
  ])("is %s", (_, output, environment, expected) => {
    expect(lookOf(kept(output), environment).columns).toBe(expected);
  });
});
