import type { OperationId } from "../operation/operation.ts";
import type { Read } from "../schema/read.ts";
import { waitMs } from "./backoff.ts";
import type { Budget } from "./budget.ts";
import { noEvidence } from "./evidence.ts";
import type { laneSchema } from "./lane-schema.ts";
import { dueAfter, type Pace, slotTime, type TakenSlots } from "./spacing.ts";

/** The budget, the block and the requests in flight of one credential at one of Adobe's APIs. */
export type Lane = Read<typeof laneSchema>;

export type Block = NonNullable<Lane["block"]>;

export const idleLane: Lane = {
  slots: [],
  dueAt: 0,
  inFlight: [],
  throttles: 0,
  faults: 0,
  refusals: 0,
  lastSuccessAt: 0,
  evidence: noEvidence,
  tally: [],
};

/** A request is sent within this time after it asked for its slot, unless the lane's store is slow. */
export const usualUseMs = 250;
/** A request reaches Adobe within this time after it was sent. */
const longestWayMs = 750;
/** The clocks of two invocations may differ by this much without overdrawing the budget. */
const clockSkewMs = 200;
/**
 * When a request in flight is forgotten. Its fate is settled when its operations are sent again; after this time that
 * no longer happens.
 */
const forgottenAfterMs = 14 * 24 * 60 * 60 * 1000;

export type SlotAnswer =
  | { readonly kind: "taken"; readonly lane: Lane }
  | {
      readonly kind: "wait";
      readonly until: number;
      readonly reason: Block["reason"] | "budget";
      readonly lane?: never;
    };

/** When the lane may send again, if it may not now. */
export function blockAt(lane: Lane, now: number): Block | undefined {
  return lane.block !== undefined && lane.block.until > now ? lane.block : undefined;
}

/** The budget's slots that are taken at `now`. */
export function takenSlots(lane: Lane, budget: Budget, now: number): TakenSlots {
  const freeAt = countingAt(lane, budget, now)
    .map(({ countsFrom }) => countsFrom + slotMs(budget))
    .sort((one, other) => one - other)
    .slice(-budget.requests);
  return { freeAt, dueAt: lane.dueAt };
}

/** How many action requests count against the budget's window now. */
export function slotsUsed(lane: Lane, budget: Budget, now: number): number {
  return countingAt(lane, budget, now).length;
}

const countingAt = ({ slots }: Lane, budget: Budget, now: number) =>
  slots.filter(({ countsFrom }) => countsFrom + windowMs(budget) >= now);

const windowMs = ({ windowSeconds }: Budget) => windowSeconds * 1000;

/** How long a slot is taken from when it counts: Adobe's window may include both of its ends. In milliseconds. */
export function slotMs(budget: Budget): number {
  return windowMs(budget) + 1;
}

/** A request that asks for a slot. */
export interface SlotRequest {
  readonly id: string;
  readonly operations: readonly OperationId[];
  /** When the fate of the request counts as settled without an answer, in milliseconds since the epoch. */
  readonly until: number;
  readonly pace: Pace;
  /** The request is sent at most this long after it asked. @default `usualUseMs` */
  readonly usedWithinMs?: number;
}

/**
 * Takes a slot of the budget and remembers the operations that are about to be sent, or says when to ask again. A
 * request that already has a slot exchanges it.
 */
export function takeSlot(lane: Lane, budget: Budget, request: SlotRequest, now: number): SlotAnswer {
  const block = blockAt(lane, now);
  if (block !== undefined) return { kind: "wait", ...block };
  const others = { ...lane, slots: lane.slots.filter((slot) => slot.request !== request.id) };
  const isExchange = others.slots.length < lane.slots.length;
  const pace = isExchange ? "at-once" : request.pace;
  const at = slotTime(takenSlots(others, budget, now), budget, pace, now);
  if (at > now) return { kind: "wait", until: at, reason: "budget" };
  const taken = new Set(request.operations);
  const { usedWithinMs = usualUseMs } = request;
  return {
    kind: "taken",
    lane: {
      ...lane,
      dueAt: isExchange ? lane.dueAt : dueAfter(now, lane.dueAt, budget),
      slots: [
        ...countingAt(others, budget, now),
        { request: request.id, countsFrom: now + usedWithinMs + longestWayMs + clockSkewMs },
      ],
      inFlight: [
        ...lane.inFlight
          .map((entry) => ({ ...entry, operations: entry.operations.filter((id) => !taken.has(id)) }))
          .filter(({ operations, until }) => operations.length > 0 && until + forgottenAfterMs > now),
        { request: request.id, operations: request.operations, until: request.until },
      ],
    },
  };
}

/** What is known about operations that were sent and not answered. */
export interface Fates {
  /** Operations that Adobe may still apply, each with the time until when. */
  readonly open: ReadonlyMap<OperationId, number>;
  /** Operations that Adobe has applied or never will. */
  readonly unknown: ReadonlySet<OperationId>;
}

export function fatesAt(lane: Lane, now: number): Fates {
  const open = new Map<OperationId, number>();
  const unknown = new Set<OperationId>();
  for (const { operations, until } of lane.inFlight)
    for (const id of operations) {
      if (until > now) open.set(id, Math.max(until, open.get(id) ?? 0));
      else unknown.add(id);
    }
  return { open, unknown };
}

export type LaneFailure =
  | { readonly kind: "throttled"; readonly retryAfterMs?: number }
  | { readonly kind: "adobe-unavailable"; readonly retryAfterMs?: number }
  | { readonly kind: "credentials-refused" | "credentials-unreadable" };

/** What the end of a request says about the lane as a whole. */
export type LaneNews = { readonly kind: "success" } | LaneFailure;

/** Ends a request that was answered or never sent: Adobe can no longer apply it. */
export function closeRequest(lane: Lane, request: string, now: number): Lane {
  const { slots, inFlight } = leaveOpen(lane, request, now);
  return { ...lane, slots, inFlight: inFlight.filter((entry) => entry.request !== request) };
}

/** Ends a request without an answer: Adobe may apply it until its deadline. */
export function leaveOpen(lane: Lane, request: string, now: number): Lane {
  const slots = lane.slots.map((slot) =>
    slot.request === request ? { request, countsFrom: Math.min(slot.countsFrom, now + clockSkewMs) } : slot,
  );
  return { ...lane, slots };
}

/** @param news undefined if the end of a request says nothing about the lane */
export function learn(lane: Lane, news: LaneNews | undefined, now: number, random: () => number): Lane {
  if (news === undefined) return lane;
  if (news.kind === "success") return { ...lane, throttles: 0, faults: 0, refusals: 0, lastSuccessAt: now };
  return blockLane(lane, news, now, random);
}

/** Blocks the lane after a throttle, or after a failure of Adobe or of the credentials. */
export function blockLane(lane: Lane, failure: LaneFailure, now: number, random: () => number): Lane {
  switch (failure.kind) {
    case "throttled": {
      const throttles = lane.throttles + 1;
      return {
        ...lane,
        throttles,
        block: blocked("throttled", waitMs(throttles, failure.retryAfterMs, random)),
      };
    }
    case "adobe-unavailable": {
      const faults = lane.faults + 1;
      return { ...lane, faults, block: blocked("adobe-unavailable", waitMs(faults, failure.retryAfterMs, random)) };
    }
    case "credentials-refused":
    case "credentials-unreadable": {
      const refusals = lane.refusals + 1;
      return { ...lane, refusals, block: blocked(failure.kind, waitMs(refusals, undefined, random)) };
    }
  }

  function blocked(reason: Block["reason"], waitMs: number): Block {
    const until = now + waitMs;
    return lane.block !== undefined && lane.block.until > until ? lane.block : { reason, until };
  }
}
