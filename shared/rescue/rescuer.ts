import type { DeadLetterEvent } from "../dispatch/dead-letters-sqs.ts";
import { type Delivery, readDeliveries } from "../dispatch/delivery.ts";
import { type TakeApartServices, takeApart } from "../dispatch/take-apart.ts";
import { errorDetails } from "../http/error-details.ts";
import type { LedgerEvent } from "../ledger/ledger-dynamo.ts";
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

/**
 * Parks the operations of messages that SQS has moved away from the lane's queue because they had been received too
 * often.
 */
export class Rescuer {
  readonly #services: RescueServices;

  constructor(services: RescueServices) {
    this.#services = services;
  }

  /** @returns the ids of the messages that must stay in their queue. Never rejects */
  async rescue(deliveries: readonly Delivery[]): Promise<string[]> {
    const { report } = this.#services;
    // Bells are dropped: if something is due, the releaser rings again.
    const { messages, unreadable, poison } = readDeliveries(deliveries);
    const stuck = await this.#services.deadLetters.move(poison);
    for (const delivery of [...messages.map((message) => message.delivery), ...unreadable]) {
      try {
        // The sequence number now comes from another queue, so it is not a place.
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
