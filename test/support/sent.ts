import type { Operation, OperationId } from "../../shared/operation/operation.ts";
import type { PlannedRequest } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import { deedsOf } from "./naive-rules.ts";

/** Something that one step of an operation does, and where in the plan it stands. */
export interface SentDeed {
  /** Index of the caller's own step, and what it does. */
  readonly deed: string;
  /** Indices of the request, of the command in it, and of the step in that. */
  readonly place: readonly [number, number, number];
}

/** What the plan sends of each operation, in the order of the requests. */
export function sentDeeds(requests: readonly PlannedRequest[]): Map<OperationId, SentDeed[]> {
  const sent = new Map<OperationId, SentDeed[]>();
  for (const [request, { slices }] of requests.entries())
    for (const [index, { command, parts }] of slices.entries()) {
      let at = 0;
      for (const { operation, sources } of parts) {
        const deeds = sources.flatMap((source, offset) =>
          command.do
            .slice(at + offset, at + offset + 1)
            .flatMap(deedsOf)
            .map((deed): SentDeed => ({ deed: `${source} ${deed}`, place: [request, index, at + offset] })),
        );
        sent.set(operation.id, [...(sent.get(operation.id) ?? []), ...deeds]);
        at += sources.length;
      }
    }
  return sent;
}

/** What the caller asked for, in the same form. */
export function askedDeeds({ command }: Operation): string[] {
  return command.do.flatMap((step, source) => deedsOf(step).map((deed) => `${source} ${deed}`));
}

/** The requests with a slice of the work, in order. */
export function requestsOf(requests: readonly PlannedRequest[], { messageId }: Work): number[] {
  return requests.flatMap(({ slices }, index) =>
    slices.filter((slice) => slice.messageId === messageId).map(() => index),
  );
}
