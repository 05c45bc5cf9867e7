import type { Clock } from "../../../shared/time/clock.ts";

/** Time and chance, passed in. */
export interface Surroundings {
  readonly clock: Clock;
  /** A fresh UUID. */
  readonly newId: () => string;
}
