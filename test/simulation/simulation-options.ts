import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Clock } from "../../shared/time/clock.ts";
import type { SimulatedClock } from "../support/simulated-clock.ts";
import type { Say } from "./trace.ts";

/** What a simulated world is made of. */
export interface SimulationOptions {
  readonly seed: number;
  readonly credentials: Credentials;
  /** Action requests that the sandbox takes, and that the lane believes it takes. */
  readonly rate: { readonly requests: number; readonly seconds: number };
  /** @default new SimulatedClock() */
  readonly clock?: SimulatedClock;
  /** Told what happens. */
  readonly say?: Say;
  /** HR systems that post webhooks, by name. @default - none */
  readonly sources?: Readonly<
    Record<string, { readonly key: string | readonly string[]; readonly configuration: object }>
  >;
  /** How many removals go in any window. @default "off" */
  readonly removalLimit?: string;
  /** Whether who gets in and who leaves is watched at each request, which takes long in a large organisation. @default false */
  readonly watchesMembers?: boolean;
  /** Told of each invocation of a function, and whether Lambda counts it as an error. */
  readonly onInvoked?: (name: string, hasFailed: boolean) => void;
  /** Stands between the functions and the sandbox, and sees what is asked. @default - the sandbox answers at once */
  readonly network?: (send: () => Promise<Response>, url: string, clock: Clock, body: string) => Promise<Response>;
}
