import * as z from "zod/mini";
import type { Read } from "../schema/read.ts";

export const evidenceSchema = z.object({
  /** Whether the latest requests without suspects went well, the newest last; probes count. */
  others: z.array(z.boolean()),
  /** Requests since the last one with suspects. */
  sinceSuspects: z.number(),
  /** When a probe last failed: what failed before that says nothing about an operation. */
  outageAt: z.number(),
});

/** What past requests of a lane say about whose fault a failure is. All times are milliseconds since the epoch. */
export type Evidence = Read<typeof evidenceSchema>;

export const noEvidence: Evidence = { others: [], sinceSuspects: 0, outageAt: 0 };

/** How many requests of others are remembered. */
const remembered = 20;
/** So many of them in a row must have gone well before a failure is a suspect's own. */
const proofRequests = 10;
/** And of all that are remembered so many at most may have failed: a suspect's own first failures count among them. */
const mostFailures = 2;
/** Of a lane that has other work, suspects take at most one request in so many. */
const suspectEvery = 5;
/** After so many failures of an operation in a row, it is suspected if others are answered. */
const suspectedFrom = 2;

/** What a request was made of. `probe`: a harmless command in test mode, to see whether Adobe answers. */
export type RequestOf = "work" | "suspects" | "probe";

/** @param went undefined where the end of the request says nothing about Adobe */
export function afterRequest(
  evidence: Evidence,
  of: RequestOf,
  went: "well" | "badly" | undefined,
  now: number,
): Evidence {
  const sinceSuspects = of === "suspects" ? 0 : evidence.sinceSuspects + 1;
  if (of === "suspects" || went === undefined) return { ...evidence, sinceSuspects };
  return {
    others: [...evidence.others, went === "well"].slice(-remembered),
    sinceSuspects,
    outageAt: of === "probe" && went === "badly" ? now : evidence.outageAt,
  };
}

/** How often, and when last, requests with an operation failed without an answer to it. */
interface Faults {
  readonly faults: number;
  readonly lastFaultAt?: number;
}

/** Whether to let others go before the operation: it failed again and again while Adobe answers others. */
export function isSuspicious({ faults, lastFaultAt = 0 }: Faults, evidence: Evidence, lastSuccessAt: number): boolean {
  return faults >= suspectedFrom && lastFaultAt > evidence.outageAt && lastSuccessAt > lastFaultAt;
}

/** Whether one more failure of the operation, sent alone, is its own: others have gone well since its last. */
export function isProven({ lastFaultAt }: Faults, { others }: Evidence, lastSuccessAt: number): boolean {
  const latest = others.slice(-proofRequests);
  const isAdobeWell =
    latest.length === proofRequests &&
    latest.every((well) => well) &&
    others.filter((well) => !well).length <= mostFailures;
  return isAdobeWell && lastFaultAt !== undefined && lastSuccessAt > lastFaultAt;
}

/** Whether a lane that has other work as well may send suspects now. */
export function maySendSuspects({ sinceSuspects }: Evidence): boolean {
  return sinceSuspects >= suspectEvery - 1;
}
