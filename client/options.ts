import type { OwnReason } from "../shared/api/wait-reasons.ts";
import type { Fetch } from "../shared/http/exchange.ts";
import type { Clock } from "../shared/time/clock.ts";
import type { Caller, Environment } from "./authorization.ts";
import type { AskingAgain } from "./exchange.ts";
import type { SeenDelivery } from "./seen-delivery.ts";
import type { SeenStatus } from "./seen-operation.ts";
import type { Standing } from "./wait.ts";

export interface ClientOptions extends Caller {
  /** Of the API, with or without `/v1/operations` at its end. @default - the environment's UMAPI_URL */
  readonly url?: string | undefined;
  /** @default process.env */
  readonly environment?: Environment;
  /** @default fetch */
  readonly fetch?: Fetch;
  /** @default - the machine's */
  readonly clock?: Clock;
  /** From 0 up to 1. @default Math.random */
  readonly random?: () => number;
  /** Is told when the service is asked again after a pause. @default - nobody is told */
  readonly onAskingAgain?: (event: AskingAgain) => void;
}

export interface OperationsClientOptions extends ClientOptions {
  /**
   * Is told of each operation once that a listing leaves out, because another version of the service has stored it in a
   * form that the deployed one does not know. @default - nobody is told
   */
  readonly onUnreadable?: (ids: readonly string[]) => void;
}

export interface SubmitOptions {
  /**
   * Names what is submitted: the same operations under the same name mean the same for 14 days, so that a repeat does
   * nothing twice. For a schedule, its time; for a person's request, its id. Empty where only the operations count.
   */
  readonly name: string;
  /** Have Adobe check everything and change nothing. @default false */
  readonly testOnly?: boolean;
  /** Is told of each call that the service has accepted, in order. @default - nobody is told */
  readonly onCall?: (call: SubmittedCall) => void;
}

/** A call that the service has accepted. It takes 500 operations at most. */
export interface SubmittedCall {
  /** Of its operations, in order. */
  readonly ids: readonly string[];
  /** Whether it had been accepted before, under the same key: perhaps by a try of this client whose answer was lost. */
  readonly repeated: boolean | "perhaps";
}

export interface Submitted {
  /** Of the operations, in order. */
  readonly ids: readonly string[];
  readonly calls: readonly SubmittedCall[];
}

export interface ListFilter {
  readonly status?: SeenStatus | undefined;
  /** Email or username. */
  readonly user?: string | undefined;
  /** What the ids of a call's operations have before the hyphen. */
  readonly call?: string | undefined;
  /** What they wait for on their own account. */
  readonly waiting?: OwnReason | undefined;
}

export interface DeliveryFilter {
  readonly source?: string | undefined;
  readonly status?: SeenDelivery["status"] | undefined;
}

export interface WaitOptions {
  /** @default - as long as it takes */
  readonly timeoutSeconds?: number;
  /** Is told how far they are each time they have been asked for. @default - nobody is told */
  readonly onStanding?: (standing: Standing) => void;
}
