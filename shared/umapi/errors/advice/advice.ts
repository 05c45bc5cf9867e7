/** What a person is told about an error code: whole sentences, without anybody's data. */
export interface Advice {
  /** What is wrong. */
  readonly explanation: string;
  /** What to do about it. */
  readonly remedy: string;
  /**
   * Whether a retry of the same operation may succeed, later or once something outside of it has been mended. If not,
   * the remedy does not mention a retry.
   */
  readonly retryMayHelp?: true;
}

export const retryLater = "Retry the operation later.";
export const handInCorrected = "Submit the operation again, corrected.";
