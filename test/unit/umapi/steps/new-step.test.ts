import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import type { Within } from "../../../../shared/schema/read.ts";
import type { Command } from "../../../../shared/umapi/command.ts";
import { hasStep } from "../../../../shared/umapi/steps/look-up.ts";
import type { UserGroupStepRules, UserStepRules } from "../../../../shared/umapi/steps/step-rules.ts";
import { asItIs, inTens, whole } from "../../../../shared/umapi/steps/values.ts";

/** What there is to say of a step with this value. */
type Names<Value> = UserStepRules<Value>["names"];
type Text = Names<string>;

describe("the compiler asks whose name it is", () => {
  test("of every text in a new step: in a field, a list, an object within, and alone", () => {
    expectTypeOf<Names<{ to: string }>>().toEqualTypeOf<{ readonly to: Text }>();
    expectTypeOf<Names<{ to: readonly string[] }>>().toEqualTypeOf<{ readonly to: Text }>();
    expectTypeOf<Names<{ of: { to: string }[] }>>().toEqualTypeOf<{ readonly of: { readonly to: Text } }>();
    expectTypeOf<Names<string>>().toEqualTypeOf<Text>();
    expectTypeOf<Names<readonly string[]>>().toEqualTypeOf<Text>();
  });

  test("of a field that may be left out, and of a value that may be a word", () => {
    expectTypeOf<Names<{ to?: string }>>().toEqualTypeOf<{ readonly to: Text }>();
    expectTypeOf<Names<"all" | { to?: string }>>().toEqualTypeOf<{ readonly to: Text }>();
  });

  test("of texts of the caller alone: not of a word, a flag, or an empty object", () => {
    expectTypeOf<Names<{ how?: "now" | "later"; gone?: boolean }>>().toEqualTypeOf<Record<never, never>>();
    expectTypeOf<Names<Record<never, never>>>().toEqualTypeOf<Record<never, never>>();
  });
});

describe("the compiler asks whether it destroys", () => {
  test("of every flag", () => {
    type Destroys<Value> = UserGroupStepRules<Value>["destroys"];
    expectTypeOf<Destroys<{ purge?: boolean; to: string }>>().toEqualTypeOf<{ readonly purge: boolean }>();
    expectTypeOf<Destroys<{ with: { purge: boolean } }>>().toEqualTypeOf<{
      readonly with: { readonly purge: boolean };
    }>();
    expectTypeOf<Destroys<boolean>>().toEqualTypeOf<boolean>();
  });
});

test("A schema that accepts a field without a place in the form does not compile", () => {
  const form = z.object({ to: z.string(), note: z.exactOptional(z.string()) });
  const stricter = z.strictObject({ to: z.string(), note: z.string() });
  const wider = z.strictObject({ to: z.string(), heir: z.exactOptional(z.string()) });
  const other = z.strictObject({ to: z.array(z.string()) });
  stricter satisfies Within<typeof form, typeof stricter>;
  // @ts-expect-error `heir` would be stored, and nobody would ask whose name it is.
  wider satisfies Within<typeof form, typeof wider>;
  // @ts-expect-error
  other satisfies Within<typeof form, typeof other>;
  expect([stricter, wider, other]).toHaveLength(3);
});

test("A step that lacks one fact does not compile", () => {
  interface Value {
    readonly to: string;
  }
  const rules: UserStepRules<Value> = {
    kind: "other",
    place: "any",
    root: "any",
    names: { to: "user written" },
    cut: whole,
    repeat: asItIs,
    removesPeople: false,
    destroys: {},
  };
  const { kind, place, root, names, cut, repeat, removesPeople, destroys } = rules;
  const lacking: readonly UserStepRules<Value>[] = [
    // @ts-expect-error
    { place, root, names, cut, repeat, removesPeople, destroys },
    // @ts-expect-error
    { kind, root, names, cut, repeat, removesPeople, destroys },
    // @ts-expect-error
    { kind, place, names, cut, repeat, removesPeople, destroys },
    // @ts-expect-error
    { kind, place, root, cut, repeat, removesPeople, destroys },
    // @ts-expect-error
    { kind, place, root, names, repeat, removesPeople, destroys },
    // @ts-expect-error
    { kind, place, root, names, cut, removesPeople, destroys },
    // @ts-expect-error
    { kind, place, root, names, cut, repeat, destroys },
    // @ts-expect-error
    { kind, place, root, names, cut, repeat, removesPeople },
    // @ts-expect-error The list would be cut and the name left out.
    { ...rules, cut: inTens({ group: "" }) },
  ];
  expect(lacking.length).toBe(9);
});

test("A step that is not in the catalogue cannot be looked up", () => {
  const command: Command = JSON.parse('{"user": "a@x.com", "do": [{"noSuchStep": {"to": "b@x.com"}}]}');
  expect(() => hasStep(command, () => true)).toThrow("The catalogue has no such step.");
});
