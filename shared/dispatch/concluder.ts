import { isLeaver } from "../leavers/leaver.ts";
import { hasCreatedRoot, type LedgerRow, lastCharge } from "../ledger/row.ts";
import type { OperationError, Outcome, SettledOutcome } from "../operation/outcome.ts";
import { isFinal } from "../operation/status.ts";
import { afterRequest, isProven, nextEndAt, type RequestOf } from "../pacing/evidence.ts";
import { closeRequest, type LaneNews, learn } from "../pacing/lane.ts";
import { type Counts, withCounts } from "../pacing/tally.ts";
import type { Slice } from "../planning/slices.ts";
import type { Settlement } from "../room/settlement.ts";
import type { WaitingRoom } from "../room/waiting-room.ts";
import type { Batch } from "./batch.ts";
import type { CodeLists } from "./code-lists.ts";
import type { Confirmation } from "./confirmation.ts";
import { finished, laneBlocked } from "./events.ts";
import type { Outgoing } from "./next-request.ts";
import { type Judgement, judge } from "./outcome.ts";
import type { Answered, SenderServices } from "./sender.ts";
import type { Verdict } from "./verdict.ts";

export interface ConcluderServices extends Pick<SenderServices, "clock" | "random" | "report"> {
  readonly settlement: Settlement;
  readonly confirmation: Confirmation;
  readonly waitingRoom: WaitingRoom;
  readonly codeLists: CodeLists;
}

/**
 * Writes down what an answer means: first for each operation, then for the lane, then for operations behind those that
 * have ended.
 */
export class Concluder {
  readonly #services: ConcluderServices;

  constructor(services: ConcluderServices) {
    this.#services = services;
  }

  async conclude({ of, request, lists, mayCharge }: Outgoing, sent: Answered, batch: Batch): Promise<void> {
    const { clock, random, report, codeLists, waitingRoom } = this.#services;
    const { requestId, answer, openUntil } = sent;
    const { evidence, lastSuccessAt } = batch.lane.lane;
    const now = nextEndAt(evidence, clock.now());
    const judgement = judge(request, answer, {
      now,
      openUntil,
      isOfSuspects: of === "suspects",
      isProven: (progress) => mayCharge && isProven(progress, evidence, lastSuccessAt),
    });
    const ids = request.slices.flatMap(({ parts }) => parts.map(({ operation }) => operation.id));
    report({
      kind: "action request",
      requestId,
      commands: of === "probe" ? 1 : request.slices.length,
      testOnly: request.testOnly,
      status: answer.kind === "response" ? answer.status : answer.kind,
      verdict: judgement.verdict.kind,
      operationIds: ids,
    });
    await Promise.all(request.slices.map((slice) => this.#settleInOrder(batch, slice, judgement.outcomes)));
    const rows = ids.flatMap((id) => batch.row(id) ?? []);
    // A request without an answer says nothing about a code: operations that wait for a code go as soon as the lane may
    // send.
    if (judgement.verdict.kind === "answered") await codeLists.update(rows, lists);
    // Operations that Adobe may still apply are parked until it no longer can, so that the lane need not remember them.
    const { lane } = await batch.lane.update((state) => {
      const closed = learn(closeRequest(state, requestId, now), newsIn(judgement.verdict, of), now, random);
      const evidence = afterRequest(closed.evidence, of, howItWent(judgement.verdict), now);
      return { lane: { ...closed, evidence, tally: withCounts(closed.tally, countsOf(rows, judgement.verdict), now) } };
    });
    const blocked = laneBlocked(lane, now);
    if (blocked !== undefined) report(blocked);
    // Submit may have entered a leaver into the room since the batch was opened.
    for (const row of rows)
      if (isFinal(row.status) && (batch.room !== undefined || isLeaver(row.operation))) await waitingRoom.end(row);
  }

  /**
   * Operations of one message are on one root. They are settled one after the other. After a crash in between, an
   * earlier operation must not be left to be sent after a later one.
   */
  async #settleInOrder(batch: Batch, { parts }: Slice, outcomes: Judgement["outcomes"]): Promise<void> {
    let isCreated = false;
    for (const { operation } of parts) {
      const outcome = outcomes.get(operation.id);
      const row = batch.row(operation.id);
      if (outcome === undefined || row === undefined) continue;
      // It is written with the row: if this operation waits in the room, it later goes without those before it.
      await this.#settle(batch, isCreated ? { ...row, rootCreated: true } : row, outcome);
      isCreated ||= hasCreatedRoot(batch.row(operation.id));
    }
  }

  async #settle(batch: Batch, row: LedgerRow, outcome: Outcome): Promise<void> {
    const { settlement, confirmation } = this.#services;
    const resolved = await confirmation.resolve(outcome);
    const refusal = row.early === true ? refusalIn(resolved, row) : undefined;
    const { progress } = "progress" in resolved ? resolved : row;
    const settled = await settlement.settle(row, refusal === undefined ? resolved : { kind: "in its place", progress });
    batch.keep(settled);
    this.#tell(settled);
    if (refusal !== undefined) await this.#letOlderGo(settled, refusal);
  }

  /** Work that was accepted before a leaver need no longer wait for it. */
  async #letOlderGo({ operation: { id } }: LedgerRow, { code }: OperationError): Promise<void> {
    const { report, waitingRoom } = this.#services;
    report({ kind: "leaver refused", operationId: id, code });
    await waitingRoom.letGo(`behind#${id}`);
  }

  #tell(row: LedgerRow): void {
    const { report } = this.#services;
    const { operation, parked } = row;
    const event = finished(row);
    if (event !== undefined) report(event);
    else if (parked !== undefined) report({ kind: "parked", operationId: operation.id, reason: parked.reason });
  }
}

/** What the verdict says about the lane as a whole. A failure of suspects counts as their own. */
function newsIn(verdict: Verdict, of: RequestOf): LaneNews | undefined {
  switch (verdict.kind) {
    case "answered":
      return { kind: "success" };
    case "rejected":
      return undefined;
    case "throttled":
    case "credentials-refused":
      return verdict;
    case "adobe-unavailable": {
      const { fate, retryAfterMs } = verdict;
      if (of === "suspects" && fate !== "unsent") return undefined;
      return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
  }
}

/** What the lane is to remember of a request that ended. @param rows of its operations, as they are then */
function countsOf(rows: readonly LedgerRow[], { kind }: Verdict): Counts {
  const failures = Map.groupBy(
    rows.filter(({ status }) => status === "failed"),
    ({ error }) => error?.code ?? "",
  );
  return {
    succeeded: rows.filter(({ status }) => status === "succeeded").length,
    failed: Object.fromEntries([...failures].map(([code, failed]) => [code, failed.length])),
    throttles: kind === "throttled" ? 1 : 0,
  };
}

function howItWent({ kind }: Verdict): "well" | "badly" | undefined {
  if (kind === "answered") return "well";
  return kind === "adobe-unavailable" ? "badly" : undefined;
}

/** The error by which the operation would end as failed. */
function refusalIn(outcome: SettledOutcome, { charges }: LedgerRow): OperationError | undefined {
  if (outcome.kind === "failed") return outcome.error;
  return outcome.kind === "charged" && charges + 1 >= lastCharge ? outcome.error : undefined;
}
