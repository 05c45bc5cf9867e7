import { isObject } from "../umapi/unchecked.ts";
import { isWrittenIn } from "./expression.ts";
import { type Identity, identityAfter, identityNow, identityPlanned } from "./identity.ts";
import type { Source } from "./source.ts";

/** What a mapping is made from. */
export interface MappingInput {
  /** The record's id. */
  readonly id: string;
  /** What the delivery says of the record. */
  readonly payload: unknown;
  /** The record as it was read; null if it is gone (404); undefined if the source has none to read. */
  readonly record: unknown;
  /** What was kept of the person when the record was last mapped. */
  readonly previous: Identity | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Every reason is a sentence, or a text of the mapping itself, without anything of the input. */
export type Mapped =
  /** Unchecked commands, at least one, and what to keep of the person as `previous`. */
  | { readonly kind: "commands"; readonly commands: readonly unknown[]; readonly identity: Identity | undefined }
  /** Nothing is to be done. */
  | { readonly kind: "nothing"; readonly why: string }
  /** The record lacks something, and is mapped at its next event. */
  | { readonly kind: "incomplete"; readonly why: string }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Maps one record to UMAPI commands. Never throws.
 *
 * The expression gets `{id, payload, record, previous, planned, values}`. Its value is a command, a list of commands,
 * `{"nothing": "why"}`, `{"incomplete": "why"}`, or no value for nothing. `$error("why")` fails.
 */
export async function mapRecord({ mapping, values }: Source, input: MappingInput): Promise<Mapped> {
  const { id, payload, record, now } = input;
  const previous = identityNow(input.previous, now);
  const planned = identityPlanned(input.previous, now);
  const evaluated = await mapping.evaluate({ id, payload, record, previous, planned, values }, now);
  if (!evaluated.ok) return { kind: "failed", reason: `The mapping failed. ${evaluated.reason}` };
  const { value } = evaluated;
  if (value === undefined || value === null) return { kind: "nothing", why: "The mapping has no value for it." };
  if (!Array.isArray(value) && !isObject(value))
    return { kind: "failed", reason: "The mapping's value is neither a command nor a list of commands." };
  if (isObject(value) && ("nothing" in value || "incomplete" in value)) return withoutCommands(value, mapping.text);
  const commands: readonly unknown[] = [value].flat();
  if (commands.length === 0) return { kind: "nothing", why: "The mapping's value is an empty list." };
  return { kind: "commands", commands, identity: identityAfter(commands, previous, now) };
}

function withoutCommands(value: Readonly<Record<string, unknown>>, mapping: string): Mapped {
  const kind = "nothing" in value ? "nothing" : "incomplete";
  const given = value[kind];
  const isFixed = typeof given === "string" && isWrittenIn(mapping, given);
  return {
    kind,
    why: isFixed ? given : "The mapping's reason is not a text that is written in it, and so is not shown.",
  };
}
