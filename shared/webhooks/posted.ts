/** One webhook as it came. */
export interface Posted {
  /** In capitals, such as `POST`. */
  readonly method: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came, before anything reads it. */
  readonly body: Uint8Array;
}
