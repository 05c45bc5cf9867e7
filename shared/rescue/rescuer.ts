import type { DeadLetterEvent } from "../dispatch/dead-letters.ts";
import { type Delivery, readDeliveries } from "../dispatch/delivery.ts";
import { type TakeApartServices, takeApart } from "../dispatch/take-apart.ts";
import { errorDetails } from "../http/error-details.ts";
import type { LedgerEvent } from "../ledger/ledger.ts";
import type { OperationId } from "../operation/operation.ts";
import type { AdmissionEvent } from "../room/admission.ts";

/** What the rescuer does, for logs and metrics. */
export type RescueEvent =
  | { readonly kind: "returned by SQS"; readonly operationId: OperationId }
  | AdmissionEvent
  | DeadLetterEvent
  | LedgerEvent;

export interface RescueServices extends TakeApartServices {
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
    const { report } = this.#services;
    // Bells are let go: where something is due, the releaser rings anew.
    const { messages, unreadable, poison } = readDeliveries(deliveries);
    const stuck = await this.#services.deadLetters.move(poison);
    for (const delivery of [...messages.map((message) => message.delivery), ...unreadable]) {
      try {
        // The message's number is of another queue by now, and no place.
        const { parked, isStuck } = await takeApart(this.#services, delivery, false);
        for (const operationId of parked) report({ kind: "returned by SQS", operationId });
        if (isStuck) stuck.push(delivery);
      } catch (error) {
        report({ kind: "unexpected error", ...errorDetails(error) });
        stuck.push(delivery);
      }
    }
    return stuck.map(({ messageId }) => messageId);
  }
}
