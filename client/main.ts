/** What a program has of the client. It has 40 kB; what few programs need is in a module of its own. */
export { callOf } from "./call-of.ts";
export { type Joiner, joiner, leaver, type Mover, mover } from "./commands.ts";
export { type ClientError, isClientError } from "./errors.ts";
export { OperationsClient } from "./operations-client.ts";
export type {
  ClientOptions,
  ListFilter,
  OperationsClientOptions,
  SubmitOptions,
  Submitted,
  SubmittedCall,
  WaitOptions,
} from "./options.ts";
export { hasEnded, hasFailed, hasSucceeded, type SeenOperation, type SeenStatus } from "./seen-operation.ts";
