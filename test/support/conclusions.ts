import { CodeLists } from "../../shared/dispatch/code-lists.ts";
import { Concluder } from "../../shared/dispatch/concluder.ts";
import { Confirmation } from "../../shared/dispatch/confirmation.ts";
import type { DispatchEvent } from "../../shared/dispatch/events.ts";
import { HttpExchange } from "../../shared/http/exchange.ts";
import { TokenSource } from "../../shared/ims/token-source.ts";
import type { LedgerRow } from "../../shared/ledger/row.ts";
import type { OperationId } from "../../shared/operation/operation.ts";
import type { ListName } from "../../shared/operation/parked.ts";
import type { RequestOf } from "../../shared/pacing/evidence.ts";
import { idleLane, type Lane, takeSlot } from "../../shared/pacing/lane.ts";
import { MemoryLaneStore } from "../../shared/pacing/lane-store-memory.ts";
import { plan } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import type { Answer } from "../../shared/umapi/answer.ts";
import { UmapiClient } from "../../shared/umapi/client.ts";
import { type Received, received } from "./received.ts";
import type { Stores } from "./stores.ts";

/** What a request was. */
interface Circumstances {
  /** @default "work" */
  readonly of?: RequestOf;
  /** What the lane had before. */
  readonly lane?: Partial<Lane>;
  /** The lists of the room from which operations were sent. */
  readonly lists?: ReadonlyMap<OperationId, ListName>;
  /** Rows of operations of the room that were sent before what the messages hold. */
  readonly guests?: readonly LedgerRow[];
  readonly mayCharge?: boolean;
}

/** Requests that have been answered, and what is written down of them. */
export class Conclusions {
  lanes = new MemoryLaneStore();
  readonly events: DispatchEvent[] = [];
  readonly #stores: Stores;
  readonly #concluder: Concluder;

  constructor(stores: Stores) {
    this.#stores = stores;
    const { clock, room } = stores;
    const random = () => 0;
    this.#concluder = new Concluder({
      ...stores,
      random,
      report: (event) => this.events.push(event),
      confirmation: confirmationByNobody(stores),
      codeLists: new CodeLists({ clock, random, room }),
    });
  }

  /** Sends what the messages hold as one request, and concludes it by the answer. */
  async conclude(
    messages: readonly Received[],
    answer: Answer,
    { of = "work", lane = {}, lists = new Map(), guests = [], mayCharge = true }: Circumstances = {},
  ): Promise<void> {
    const { lanes } = this;
    const now = this.#stores.clock.now();
    const operations = [...guests.map(({ operation }) => operation), ...messages.flat()].map(({ id }) => id);
    const asked = { id: "request", operations, until: now + 135_000, pace: "spaced" as const };
    const slot = takeSlot({ ...idleLane, ...lane }, { requests: 10, windowSeconds: 60 }, asked, now);
    if (slot.kind === "wait") throw new Error(slot.reason);
    await lanes.write(await lanes.read(), slot.lane);
    const batch = await received(this.#stores, lanes, messages);
    for (const row of guests) batch.keep(row);
    const due = guests.map((row): Work => ({ messageId: row.operation.id, operations: [batch.pendingOf(row)] }));
    const [planned] = plan([...due, ...batch.works()]);
    const request = planned ?? { testOnly: true, slices: [] };
    await this.#concluder.conclude(
      { kind: "send", of, request, lists, isUrgent: false, isThin: false, mayCharge, hasParked: false },
      { kind: "answered", requestId: "request", answer, openUntil: now + 135_000 },
      batch,
    );
  }
}

/** Adobe knows nobody. */
function confirmationByNobody({ clock }: Stores): Confirmation {
  const credentials = { orgId: "1@AdobeOrg", clientId: "client", clientSecrets: ["secret"] as const };
  const tokens = new TokenSource(
    clock,
    async () => credentials,
    async () => ({ token: "token", expiresInMs: 86_400_000 }),
  );
  const answer = async () => Response.json({ result: "error.user.not_found" }, { status: 404 });
  const settings = { umapiUrl: "http://umapi.test", requestTimeoutSeconds: 120 };
  const umapi = new UmapiClient(new HttpExchange(answer, clock), settings, () => clock.now());
  return new Confirmation({
    clock,
    random: () => 0,
    tokens,
    umapi,
    requestId: () => "read",
    lanes: new MemoryLaneStore(),
  });
}
