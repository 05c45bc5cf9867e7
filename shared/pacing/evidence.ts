import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

export const evidenceSchema = z.object({
  /** For each of the latest requests without suspects, whether it went well; the newest last. Probes count. */
  others: z.array(z.boolean()),
  /** Requests since the last one with suspects. */
  sinceSuspects: z.number(),
  /** When a probe last failed. Failures before that say nothing about an operation. */
  outageAt: z.number(),
  /** When the latest request ended. */
  latestAt: z._default(z.number(), 0),
});

/** What past requests of a lane tell about whose fault a failure is. All times are milliseconds since the epoch. */
export type Evidence = Read<typeof evidenceSchema>;

export const noEvidence: Evidence = { others: [], sinceSuspects: 0, outageAt: 0, latestAt: 0 };

/** How many requests of others are remembered. */
const remembered = 20;
/** This many of them in a row must have gone well before a failure is a suspect's own. */
const proofRequests = 10;
/**
 * At most this many of all that are remembered may have failed. The first failures of a suspect itself are among them.
 */
const mostFailures = 2;
/** In a lane whose other work goes well, suspects take at most one request in this many. */
const suspectEvery = 5;
/** After this many failures in a row an operation becomes a suspect, if Adobe answers others. */
const suspectedFrom = 2;

/** The kind of a request. `probe`: a harmless command in test mode that shows whether Adobe answers. */
export type RequestOf = "work" | "suspects" | "probe";

/** When a request ended: later than the one before it in the lane, even if the clocks of two invocations differ. */
export function nextEndAt({ latestAt }: Evidence, now: number): number {
  return Math.max(now, latestAt + 1);
}

/** @param went undefined if the end of the request says nothing about Adobe */
export function afterRequest(
  evidence: Evidence,
  of: RequestOf,
  went: "well" | "badly" | undefined,
  now: number,
): Evidence {
  const sinceSuspects = of === "suspects" ? 0 : evidence.sinceSuspects + 1;
  const latestAt = Math.max(now, evidence.latestAt);
  if (of === "suspects" || went === undefined) return { ...evidence, sinceSuspects, latestAt };
  return {
    latestAt,
    others: [...evidence.others, went === "well"].slice(-remembered),
    sinceSuspects,
    outageAt: of === "probe" && went === "badly" ? now : evidence.outageAt,
  };
}

/** How many requests with an operation failed in a row without an answer to it, and when the last one did. */
interface Faults {
  readonly faults: number;
  readonly lastFaultAt?: number;
}

/** Whether an operation is a suspect: it failed again and again while Adobe answered others. */
export function isSuspicious({ faults, lastFaultAt = 0 }: Faults, evidence: Evidence, lastSuccessAt: number): boolean {
  return faults >= suspectedFrom && lastFaultAt > evidence.outageAt && lastSuccessAt > lastFaultAt;
}

/** Whether the next failure of the operation, sent alone, is its own: others have gone well since its last one. */
export function isProven({ lastFaultAt }: Faults, { others }: Evidence, lastSuccessAt: number): boolean {
  const latest = others.slice(-proofRequests);
  const isAdobeWell =
    latest.length === proofRequests &&
    latest.every((well) => well) &&
    others.filter((well) => !well).length <= mostFailures;
  return isAdobeWell && lastFaultAt !== undefined && lastSuccessAt > lastFaultAt;
}

/** Whether a lane that has other work may send suspects now: in every fifth request, and once after others have failed. */
export function maySendSuspects({ others, sinceSuspects }: Evidence): boolean {
  return sinceSuspects >= suspectEvery - 1 || (others.at(-1) === false && sinceSuspects > 0);
}
