/** What a program has of the client. */
export { callOf } from "./call-of.ts";
export { type Joiner, joiner, leaver, type Mover, mover } from "./commands.ts";
export { type ClientError, isClientError } from "./errors.ts";
export { OperationsClient } from "./operations-client.ts";
export type {
  DeliveryFilter,
  ListFilter,
  OperationsClientOptions,
  SubmitOptions,
  Submitted,
  SubmittedCall,
  WaitOptions,
} from "./options.ts";
export type { SeenDelivery } from "./seen-delivery.ts";
export { hasEnded, hasFailed, hasSucceeded, type SeenOperation, type SeenStatus } from "./seen-operation.ts";
