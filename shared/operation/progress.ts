/** How far an operation has come, and what past answers say about how to send the rest of it. */
export interface Progress {
  /** Lawful steps that Adobe has completed. */
  readonly stepsDone: number;
  /** A past send may have been applied: what goes out must be safe to repeat. */
  readonly uncertain: boolean;
  /** It goes in a command of its own, even if its message holds more of the same root. */
  readonly unjoined: boolean;
  /** Its action requests hold at most so many commands, because a larger one failed with it. @default any number */
  readonly most?: number;
  /** Its slices hold one step each, because Adobe found a longer one too long. */
  readonly oneStep: boolean;
  /** Requests with it that failed without an answer to it. */
  readonly faults: number;
  /** When the last of them did, in milliseconds since the epoch. */
  readonly lastFaultAt?: number;
}

export const untouched: Progress = {
  stepsDone: 0,
  uncertain: false,
  unjoined: false,
  oneStep: false,
  faults: 0,
};
