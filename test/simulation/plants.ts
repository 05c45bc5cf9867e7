import { leaverPlants } from "./leaver-plants.ts";

/** One rule of the service, broken. */
export interface Plant {
  readonly rule: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly snippet: string;
  readonly replacement: string;
  /** A seed that is known to catch it. */
  readonly seed: number;
}

export const plants: readonly Plant[] = [
  {
    rule: "what a block keeps waiting is hidden until the block's end",
    file: "shared/dispatch/dispatcher.ts",
    snippet: 'if (block.until - now > longestSleepMs) return { kind: "wait", ...block };',
    replacement: 'if (block.until - now > longestSleepMs) return { kind: "wait", ...block, until: now };',
    seed: 2,
  },
  {
    rule: "a block lasts as long as Retry-After says",
    file: "shared/pacing/backoff.ts",
    snippet: "const wait = Math.min(longestRetryAfterMs, Math.max(shortestRetryAfterMs, retryAfterMs));",
    replacement: "const wait = shortestRetryAfterMs;",
    seed: 28,
  },
  {
    rule: "every unfinished message of a batch is hidden, not its head alone",
    file: "shared/dispatch/requeue.ts",
    snippet: "return deliveries.map((delivery, index)",
    replacement: "return deliveries.slice(0, 1).map((delivery, index)",
    seed: 1,
  },
  {
    rule: "a throttle charges nobody",
    file: "shared/dispatch/outcome.ts",
    snippet: 'case "throttled":\n    case "credentials-refused":\n      return judged([]);',
    replacement:
      'case "throttled":\n    case "credentials-refused":\n      return all(({ progress }) => ({ kind: "charged", as: "held", progress, error: unclear }));',
    seed: 28,
  },
  {
    rule: "what is in flight is not sent again before Adobe must be done with it",
    file: "shared/pacing/lane.ts",
    snippet: "if (until > now) open.set(",
    replacement: "if (until > now + forgottenAfterMs) open.set(",
    seed: 10,
  },
  {
    rule: "a dispatcher that another has overtaken reads anew before it sends",
    file: "shared/pacing/lane-session.ts",
    snippet: "this.#isOvertaken = true;",
    replacement: "",
    seed: 13,
  },
  {
    rule: "nothing is joined past what it conflicts with",
    file: "shared/planning/join.ts",
    snippet: "const place = placed.before(touched);",
    replacement:
      "const place = messages.findLastIndex(({ joined: [head] }) => isSameRoot(head.command, operation.command));",
    seed: 3,
  },
  {
    rule: "outcomes are in the ledger before the memory of the request is cleared",
    file: "shared/dispatch/concluder.ts",
    snippet: "await Promise.all(request.slices.map((slice) => this.#settleInOrder(batch, slice, judgement.outcomes)));",
    replacement:
      "await batch.lane.update((state) => ({ lane: closeRequest(state, requestId, now) }));\n    await Promise.all(request.slices.map((slice) => this.#settleInOrder(batch, slice, judgement.outcomes)));",
    seed: 7,
  },
  {
    rule: "messages of a call are queued in the order of the plan",
    file: "shared/submit/batches.ts",
    snippet: "return requests.flatMap(({ slices }) => {",
    replacement: "return requests.toReversed().flatMap(({ slices }) => {",
    seed: 1,
  },
  {
    rule: "a message of a newer generation opens its row again",
    file: "shared/ledger/row.ts",
    snippet: "if (operation.generation > row.operation.generation) return { ...reopen(row, operation), ...known };",
    replacement: "",
    seed: 8,
  },
  {
    rule: "a message of an older generation, or of a finished one, is skipped",
    file: "shared/ledger/row.ts",
    snippet: "if (operation.generation > row.operation.generation) return { ...reopen(row, operation), ...known };",
    replacement:
      'if (operation.generation > row.operation.generation || row.status === "failed") return { ...reopen(row, operation), ...known };',
    seed: 9,
  },
  {
    rule: "outcomes of one message are written in order",
    file: "shared/dispatch/concluder.ts",
    snippet: "for (const { operation } of parts) {",
    replacement: "for (const { operation } of parts.toReversed()) {",
    seed: 47,
  },
  {
    rule: "an outage charges nobody before it is proven the command's own",
    file: "shared/dispatch/outcome.ts",
    snippet: "if (isOfSuspects && isAlone && isProven(before))",
    replacement: "if (isAlone)",
    seed: 4,
  },
  {
    rule: "no request goes out without a free slot of the budget",
    file: "shared/pacing/lane.ts",
    snippet: 'if (at > now) return { kind: "wait", until: at, reason: "budget" };',
    replacement: "",
    seed: 2,
  },
  {
    rule: "the entries of the room are written before the row",
    file: "shared/room/settlement.ts",
    snippet: "if (!isSamePlace(read, settled)) await waitingRoom.expect(settled);",
    replacement: "",
    seed: 9,
  },
  {
    rule: "what conflicts with a parked operation parks behind it",
    file: "shared/dispatch/parker.ts",
    snippet: "return leader === undefined ? undefined : behind(leader.id);",
    replacement: "return leader && undefined;",
    seed: 14,
  },
  {
    rule: "the message of a parked operation is of no account",
    file: "shared/dispatch/batch.ts",
    snippet: "isFinal(row.status) ||\n          row.parked !== undefined ||",
    replacement: "isFinal(row.status) ||",
    seed: 9,
  },
  {
    rule: "what Adobe has not answered waits until it can apply it no longer",
    file: "shared/dispatch/outcome.ts",
    snippet: 'parked: { reason: "unsettled", dueAt: openUntil }',
    replacement: 'parked: { reason: "unsettled", dueAt: now }',
    seed: 5,
  },
  {
    rule: "who reads a name asks who writes it in the room",
    file: "shared/room/names.ts",
    snippet: "const exact = keys(touches, hashOf);",
    replacement: "const exact = keys({ writes: touches.writes, reads: new Set<string>() }, hashOf);",
    seed: 13,
  },
  {
    rule: "those behind an operation go once it has ended",
    file: "shared/room/waiting-room.ts",
    snippet: "if (member === undefined || (await room.listState(list))?.dueAt !== undefined) return;",
    replacement: "if (member !== undefined || (await room.listState(list))?.dueAt !== undefined) return;",
    seed: 2,
  },
  {
    rule: "a paused lane sends nothing",
    file: "shared/dispatch/dispatcher.ts",
    snippet: "if (batch.pause !== undefined)",
    replacement: "if (batch.pause !== undefined && batch.works().length === 0)",
    seed: 2,
  },
  {
    rule: "what is being sent is not canceled",
    file: "shared/operate/canceler.ts",
    snippet: "if (fates.open.has(id) || openUntil(",
    replacement: "if (openUntil(",
    seed: 7,
  },
  {
    rule: "a cancel changes the lane before it ends the row",
    file: "shared/operate/canceler.ts",
    snippet: "await lane.update((state) => ({ lane: state }));",
    replacement: "",
    seed: 13,
  },
  {
    rule: "what a pause has hidden is shown when the lane goes on",
    file: "shared/operate/lane-control.ts",
    snippet: "await messages.show(kept?.handles ?? []);",
    replacement: "",
    seed: 15,
  },
  {
    rule: "a scheduled operation waits for its time",
    file: "shared/room/entry.ts",
    snippet: "return padded(now + 1);",
    replacement: "return padded(now + 600_000);",
    seed: 3,
  },
  {
    rule: "a message of a higher release opens a scheduled row",
    file: "shared/release/releaser.ts",
    snippet: "const release = (row.operation.release ?? 0) + 1;",
    replacement: "const release = row.operation.release ?? 0;",
    seed: 16,
  },
  {
    rule: "what is due in the room is rung for",
    file: "shared/release/releaser.ts",
    snippet: "if (due.length === 0) return;",
    replacement: "if (due.length < 3) return;",
    seed: 3,
  },
  {
    rule: "the room's mark is cleared only over the revision that was read",
    file: "shared/release/releaser.ts",
    snippet: "if (await room.isEmpty()) await marks.clear(mark);",
    replacement: "await marks.clear(mark);",
    seed: 2,
  },
  {
    rule: "an answer that is not Adobe's leaves the fate open",
    file: "shared/dispatch/verdict.ts",
    snippet: "const isGateway = status === 200 || gatewayStatuses.has(status);",
    replacement: "const isGateway = status === 200;",
    seed: 61,
  },
  {
    rule: "what cannot be read is set aside under its names",
    file: "shared/room/admission.ts",
    snippet: "await this.#services.room.standUnder(names ?? { writes: [], reads: [] }, occupant);",
    replacement: "",
    seed: 19,
  },
  {
    rule: "what was set aside goes once it can be read",
    file: "shared/room/admission.ts",
    snippet: "for (const each of found) unreadable.push(...(await this.#lookAgainAt(each)));",
    replacement: "",
    seed: 13,
  },
  {
    rule: "a message that cannot be read is set aside before it is deleted",
    file: "shared/room/admission.ts",
    snippet: 'if (last !== undefined) await this.#setAside(last, names, body, places, "message");',
    replacement: "",
    seed: 11,
  },
  {
    rule: "a removal above the limit is held",
    file: "shared/dispatch/parker.ts",
    snippet: "if (set !== undefined) return",
    replacement: "if (set === -1) return",
    seed: 3,
  },
  {
    rule: "a removal whose set is canceled is not sent",
    file: "shared/dispatch/held-removals.ts",
    snippet: 'if (decision?.kind !== "canceled") return undefined;',
    replacement: 'if (decision?.kind !== "canceled" || decision) return undefined;',
    seed: 9,
  },
  ...leaverPlants,
];
