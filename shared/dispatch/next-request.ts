import type { OperationId } from "../operation/operation.ts";
import { behind, type ListName } from "../operation/parked.ts";
import { maySendSuspects, type RequestOf } from "../pacing/evidence.ts";
import { type Fates, fatesAt, type Lane } from "../pacing/lane.ts";
import { conflict, type Touches, touchesOfAll } from "../planning/conflicts.ts";
import { maxCommandsPerRequest, type PlannedRequest, plan } from "../planning/plan.ts";
import type { Work } from "../planning/slices.ts";
import type { Settlement } from "../room/settlement.ts";
import type { Clock } from "../time/clock.ts";
import type { Batch } from "./batch.ts";
import type { Guards } from "./guards.ts";
import type { DueWork, Guests } from "./guests.ts";
import type { Parker } from "./parker.ts";

export interface NextRequestServices {
  readonly clock: Clock;
  readonly settlement: Settlement;
  readonly parker: Parker;
  readonly guests: Guests;
  readonly guards: Guards;
}

/** The next request of a lane. */
export interface Outgoing {
  readonly kind: "send";
  readonly of: RequestOf;
  /** Without slices for a probe. */
  readonly request: PlannedRequest;
  /** The list of each operation that stood in a list of the room, by its id. */
  readonly lists: ReadonlyMap<OperationId, ListName>;
  /** Whether a leaver is in it. It takes any free slot; other requests leave some free. */
  readonly isUrgent: boolean;
  /** Whether more commands may go with it. */
  readonly isThin: boolean;
  /** Whether a suspect is charged if Adobe fails at it alone. */
  readonly mayCharge: boolean;
  /** Whether messages, or some of their operations, were parked or ended to make way for it. */
  readonly hasParked: boolean;
}

export type Next = Outgoing | { readonly kind: "nothing"; readonly hasParked: boolean };

/** After this many failures in a row, a probe asks whether Adobe answers, so that no operation is put at risk. */
const probeFrom = 2;
/**
 * At most this many messages that wait for another one of their batch stay in the batch; more would make its requests
 * thin.
 */
const mostRiders = 2;
/**
 * At most this many of the room go with the queue's work: the head of the queue goes with each request, so that no
 * message is received once for each request of a crowd in the room.
 */
const mostGuests = maxCommandsPerRequest - 1;

const probe: Omit<Outgoing, "hasParked"> = {
  kind: "send",
  of: "probe",
  request: { testOnly: true, slices: [] },
  lists: new Map(),
  isUrgent: false,
  isThin: false,
  mayCharge: false,
};

/** Decides what is sent next: due work of the room, then the queue's work; from time to time suspects; or a probe. */
export class NextRequest {
  readonly #services: NextRequestServices;

  constructor(services: NextRequestServices) {
    this.#services = services;
  }

  async find(batch: Batch): Promise<Next> {
    const { clock, settlement, parker, guests, guards } = this.#services;
    const { lane } = batch.lane;
    batch.awaitsAnswer = false;
    batch.standings.clear();
    const fates = fatesAt(lane, clock.now());
    await batch.markUnknown(fates.unknown, settlement);
    await batch.dropOldIntents(clock.now());
    const hasParkedSome = await parker.clearTheWay(batch, fates);
    // After that, because what Adobe may still apply has not ended.
    const hasEnded = await guards.clearTheWay(batch);
    const hasParked = hasParkedSome || hasEnded;
    const queued = batch.works();
    const found = await guests.due(batch, fates);
    const shown = found.filter((work) => isShown(work, batch));
    const due = inFrontOf(shown, queued, batch).slice(0, queued.length > 0 ? mostGuests : maxCommandsPerRequest);
    const [request] = plan(leaversApart(due) ?? [...due.map(({ work }) => work), ...queued]);
    // A bell shows the queue further: it must not wait while suspects are sent in place of what is due.
    if (request === undefined && shown.length < found.length) return { kind: "nothing", hasParked };
    // Where Adobe fails at a leaver as well, it may be one of the suspects that it fails at.
    const isSuspectsTurn = request === undefined || (!due.some(isUntriedLeaver) && maySendSuspects(lane.evidence));
    const suspects = isSuspectsTurn ? await this.#suspects(batch, queued, fates) : [];
    const [suspected] = plan(suspects.map(({ work }) => work));
    if (request === undefined && suspected === undefined) return { kind: "nothing", hasParked };
    if (lane.faults >= probeFrom || (request === undefined && lacksEvidence(suspected, lane)))
      return { ...probe, hasParked };
    if (suspected !== undefined) {
      const mayCharge = await guests.areSuspectsFew();
      return { ...outgoing("suspects", suspected, suspects, hasParked), mayCharge };
    }
    if (request === undefined) return { kind: "nothing", hasParked };
    const hasParkedRiders = await this.#parkRiders(batch, queued, request);
    return outgoing("work", request, due, hasParked || hasParkedRiders);
  }

  /** A leaver that Adobe has refused may be a suspect long before its own place. */
  async #suspects(batch: Batch, queued: readonly Work[], fates: Fates): Promise<DueWork[]> {
    const suspects = await this.#services.guests.suspects(batch, fates);
    return inFrontOf(
      suspects.filter((work) => isShown(work, batch)),
      queued,
      batch,
    );
  }

  /** Parks messages that wait for others of the batch, so that the next batch does not consist of them. */
  async #parkRiders(batch: Batch, queued: readonly Work[], { slices }: PlannedRequest): Promise<boolean> {
    const going = new Set(slices.map(({ messageId }) => messageId));
    const before: { readonly work: Work; readonly touched: Touches }[] = [];
    let riders = 0;
    for (const work of queued) {
      const touched = touchesOf(work);
      const leader = before.findLast((other) => conflict(other.touched, touched))?.work.operations.at(-1);
      before.push({ work, touched });
      if (going.has(work.messageId) || leader === undefined) continue;
      riders++;
      if (riders > mostRiders) await this.#services.parker.parkWork(batch, work, behind(leader.id));
    }
    return riders > mostRiders;
  }
}

/** Whether all that comes before it has been handed out. */
function isShown({ place, isEarly }: DueWork, { end }: Batch): boolean {
  return isEarly || (end !== undefined && place < end);
}

/** Leaves out guests that must go after an earlier message of the batch. */
function inFrontOf(due: readonly DueWork[], queued: readonly Work[], batch: Batch): DueWork[] {
  const waiting = queued.flatMap((work) => {
    const place = batch.row(work.operations[0].id)?.place;
    return place === undefined ? [] : [{ place, touched: touchesOf(work) }];
  });
  return due.filter(({ work, place, isEarly }) => {
    if (isEarly) return true;
    const touched = touchesOf(work);
    return !waiting.some((other) => other.place < place && conflict(other.touched, touched));
  });
}

/** The leavers alone, once after Adobe failed at a request with one of them: what was sent with it may be to blame. */
function leaversApart(due: readonly DueWork[]): readonly Work[] | undefined {
  const leavers = due.filter(({ isEarly }) => isEarly).map(({ work }) => work);
  return leavers.some(({ operations: [{ progress }] }) => progress.faults === 1) ? leavers : undefined;
}

function isUntriedLeaver({ work, isEarly }: DueWork): boolean {
  return isEarly && work.operations[0].progress.faults === 0;
}

function haveLeaver(due: readonly DueWork[]): boolean {
  return due.some(({ isEarly }) => isEarly);
}

function touchesOf({ operations }: Work): Touches {
  return touchesOfAll(operations.map(({ command }) => command));
}

function outgoing(of: RequestOf, request: PlannedRequest, due: readonly DueWork[], hasParked: boolean): Outgoing {
  const lists = new Map(due.flatMap(({ work, list }) => (list === undefined ? [] : [[work.operations[0].id, list]])));
  const isLimited = request.slices.some(({ parts }) =>
    parts.some(({ operation }) => operation.progress.most !== undefined),
  );
  const isShort = request.slices.length < maxCommandsPerRequest;
  return {
    kind: "send",
    of,
    request,
    lists,
    isUrgent: of === "work" && haveLeaver(due),
    isThin: of === "work" && !isLimited && isShort && leaversApart(due) === undefined,
    mayCharge: false,
    hasParked,
  };
}

/** Whether nothing has shown yet that Adobe answers others since it failed at the suspects. */
function lacksEvidence(suspected: PlannedRequest | undefined, { lastSuccessAt }: Lane): boolean {
  return (suspected?.slices ?? []).some(({ parts }) =>
    parts.some(({ operation: { progress } }) => lastSuccessAt <= (progress.lastFaultAt ?? 0)),
  );
}
