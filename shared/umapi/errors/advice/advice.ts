/** What a person who meets an error code is told. Whole sentences, and nothing of anybody's data. */
export interface Advice {
  /** What is wrong. */
  readonly explanation: string;
  /** What to do about it. */
  readonly remedy: string;
  /**
   * Set where a retry of the same operation may succeed: in time, or once something outside of it has been mended.
   * Otherwise the remedy does not speak of retrying.
   */
  readonly retryMayHelp?: true;
}

export const retryLater = "Retry the operation later.";
export const handInCorrected = "Hand the operation in anew, corrected.";
