import type { DeadLetterEvent, DeadLetters } from "../dispatch/dead-letters.ts";
import { type Delivery, type Message, readDeliveries } from "../dispatch/delivery.ts";
import { errorDetails } from "../http/error-details.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { rowFor } from "../ledger/row.ts";
import type { OperationId } from "../operation/operation.ts";
import type { Settlement } from "../room/settlement.ts";
import type { Clock } from "../time/clock.ts";

/** What the rescuer does, for logs and metrics. */
export type RescueEvent = { readonly kind: "returned by SQS"; readonly operationId: OperationId } | DeadLetterEvent;

export interface RescueServices {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly settlement: Settlement;
  readonly deadLetters: DeadLetters;
  readonly report: (event: RescueEvent) => void;
}

/** Parks the operations of messages that SQS has moved away from the lane's queue, because it had handed them out too often. */
export class Rescuer {
  readonly #services: RescueServices;

  constructor(services: RescueServices) {
    this.#services = services;
  }

  /** @returns the ids of the messages that are to stay where they are. Never rejects */
  async rescue(deliveries: readonly Delivery[]): Promise<string[]> {
    const { deadLetters, report } = this.#services;
    // Bells are let go: where something is due, the releaser rings anew.
    const { messages, poison } = readDeliveries(deliveries);
    const stuck = await deadLetters.move(poison);
    for (const message of messages) {
      try {
        await this.#park(message);
      } catch (error) {
        report({ kind: "unexpected error", ...errorDetails(error) });
        stuck.push(message.delivery);
      }
    }
    return stuck.map(({ messageId }) => messageId);
  }

  async #park({ operations }: Message): Promise<void> {
    const { clock, ledger, settlement, report } = this.#services;
    const rows = await ledger.read(operations.map(({ id }) => id));
    for (const operation of operations) {
      // The message's number is of another queue by now, and no place.
      const row = rowFor(rows.get(operation.id), operation);
      if (row === undefined || row.parked !== undefined) continue;
      const parked = { reason: "ready", dueAt: clock.now() } as const;
      await settlement.settle(row, { kind: "parked", progress: row.progress, parked });
      report({ kind: "returned by SQS", operationId: operation.id });
    }
  }
}
