import { createHash } from "node:crypto";
import type { Read } from "../schema/read.ts";
import type { RemovalLimit } from "./removal-limit.ts";
import type { removalsSchema, setSchema } from "./removals-schema.ts";

/** What a lane remembers of removals. All times are milliseconds since the epoch. */
export type Removals = Read<typeof removalsSchema>;

/** Removals above the limit that are released or canceled together. */
export type RemovalSet = Read<typeof setSchema>;

/** What somebody has decided about a set. */
export type Decision = NonNullable<RemovalSet["decision"]>;

export const noRemovals: Removals = { counted: [], sets: [] };

/** Decided sets are remembered for longer than SQS keeps a message. */
const rememberedMs = 20 * 24 * 60 * 60_000;
/** Who has asked for removals is told for so many callers; others are counted under no name. */
const mostSubmitters = 50;

/** Removals that are asked for together. */
export interface Asked {
  /** What they come with: the same for a repeat of it, so that it is counted once. */
  readonly occasion: string;
  readonly count: number;
  /** The caller as the API's authorizer names it; absent if it names none. */
  readonly submittedBy?: string;
}

/** How many of the removals go, in their order, and the set that holds the others. */
export interface Admitted {
  readonly passed: number;
  readonly set?: number;
}

/** How many removals count now. */
export function countedAt({ counted }: Removals, { windowSeconds }: RemovalLimit, now: number): number {
  return counted.filter(({ at }) => at + windowSeconds * 1000 > now).reduce((sum, { count }) => sum + count, 0);
}

/** Counts removals as they are accepted, and puts those above the limit into the set that is not closed yet. */
export function admit(
  removals: Removals,
  limit: RemovalLimit,
  { occasion, count, submittedBy }: Asked,
  now: number,
): Admitted & { readonly removals: Removals } {
  const counted = removals.counted.filter(({ at }) => at + limit.windowSeconds * 1000 > now);
  const known = removals.counted.find((each) => each.occasion === occasion);
  // Whoever asks again has crashed meanwhile: what was held is held by the same set.
  if (known !== undefined && (known.count === count || known.set !== undefined))
    return { passed: known.count, ...(known.set === undefined ? {} : { set: known.set }), removals };
  const free = Math.max(0, limit.operations - countedAt(removals, limit, now));
  const passed = known?.count ?? Math.min(count, free);
  const held = count - passed;
  const others = counted.filter((each) => each !== known);
  if (held === 0)
    return { passed, removals: { ...removals, counted: [...others, { occasion, at: now, count: passed }] } };
  const sets = removals.sets.filter(({ decision }) => decision === undefined || decision.at + rememberedMs > now);
  const newest = sets.at(-1);
  const isNew = newest === undefined || newest.closedAt !== undefined || newest.decision !== undefined;
  const set: RemovalSet = isNew ? { id: Math.max(now, (newest?.id ?? 0) + 1), held: 0, bySubmitter: {} } : newest;
  const more = { ...set, held: set.held + held, bySubmitter: counting(set.bySubmitter, submittedBy, held) };
  return {
    passed,
    set: set.id,
    removals: {
      counted: [...others, { occasion, at: now, count: passed, set: set.id }],
      sets: [...(isNew ? sets : sets.slice(0, -1)), more],
    },
  };
}

function counting(counts: RemovalSet["bySubmitter"], submittedBy: string | undefined, held: number) {
  const isNamed = submittedBy !== undefined && (submittedBy in counts || Object.keys(counts).length < mostSubmitters);
  const who = isNamed ? submittedBy : "";
  return { ...counts, [who]: (counts[who] ?? 0) + held };
}

/** The set that is to be decided next; undefined if there is none. */
export function undecided({ sets }: Removals): RemovalSet | undefined {
  return sets.find(({ decision }) => decision === undefined);
}

/** Closes the set that is shown: what is held later belongs to another one. */
export function close(removals: Removals, id: number, now: number): Removals {
  return withSet(removals, id, (set) => ({ ...set, closedAt: set.closedAt ?? now }));
}

/**
 * The same decision may come once more, because its answer was lost.
 *
 * @returns undefined if the hash names another set than the one that is to be decided next
 */
export function decide(
  removals: Removals,
  lane: string,
  hash: string,
  decision: Decision,
): { readonly set: RemovalSet; readonly removals?: Removals } | undefined {
  const same = removals.sets.find((each) => each.decision?.kind === decision.kind && hashOf(lane, each) === hash);
  if (same !== undefined) return { set: same };
  const set = undecided(removals);
  if (set?.closedAt === undefined || hashOf(lane, set) !== hash) return undefined;
  return { set, removals: withSet(removals, set.id, (each) => ({ ...each, decision })) };
}

export function decisionOn({ sets }: Removals, id: number): Decision | undefined {
  return sets.find((set) => set.id === id)?.decision;
}

/** Names a closed set, and how many it holds. */
export function hashOf(lane: string, { id, held }: RemovalSet): string {
  return createHash("sha256").update(`${lane} ${id} ${held}`).digest("hex").slice(0, 12);
}

function withSet(removals: Removals, id: number, change: (set: RemovalSet) => RemovalSet): Removals {
  return { ...removals, sets: removals.sets.map((set) => (set.id === id ? change(set) : set)) };
}
