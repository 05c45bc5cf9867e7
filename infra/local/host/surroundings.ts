import type { Clock } from "../../../shared/time/clock.ts";

/** The clock and the source of ids, passed in. */
export interface Surroundings {
  readonly clock: Clock;
  /** A fresh UUID. */
  readonly newId: () => string;
}
