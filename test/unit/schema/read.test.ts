import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import type { LedgerRow } from "../../../shared/ledger/row.ts";
import { type Progress, untouched } from "../../../shared/operation/progress.ts";
import type { Lane } from "../../../shared/pacing/lane.ts";
import type { Read, SchemaOf } from "../../../shared/schema/read.ts";
import type { UserCommand } from "../../../shared/umapi/command.ts";

describe("the type of what a schema reads", () => {
  test("has its fields, readonly all the way down", () => {
    const schema = z.object({ a: z.array(z.object({ b: z.exactOptional(z.string()) })), c: z.enum(["d", "e"]) });
    expectTypeOf<Read<typeof schema>>().toEqualTypeOf<{
      readonly a: readonly { readonly b?: string }[];
      readonly c: "d" | "e";
    }>();
    expect(schema.parse({ a: [{ b: "x" }], c: "d" })).toEqual({ a: [{ b: "x" }], c: "d" });
  });
});

describe("a field that no schema reads", () => {
  test("cannot be written into what is stored or sent", () => {
    // @ts-expect-error
    const progress: Progress = { ...untouched, supersededBy: "xyz" };
    // @ts-expect-error
    const row: Partial<LedgerRow> = { lane: "main" };
    // @ts-expect-error
    const lane: Partial<Lane> = { paused: true };
    // @ts-expect-error
    const command: Partial<UserCommand> = { manager: "xyz" };
    expect([progress, row, lane, command]).toHaveLength(4);
  });

  test("cannot be in a type that has a schema of its own, even if it may be absent", () => {
    interface Stored {
      readonly a: string;
      readonly b?: string;
    }
    // @ts-expect-error
    const lacking: SchemaOf<Stored> = z.object({ a: z.string() });
    const whole: SchemaOf<Stored> = z.object({ a: z.string(), b: z.exactOptional(z.string()) });
    const stored = { a: "x", b: "y" };
    expect(lacking.parse(stored)).toEqual({ a: "x" });
    expect(whole.parse(stored)).toEqual(stored);
  });
});
