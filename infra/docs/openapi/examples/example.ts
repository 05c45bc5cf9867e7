/** A request and its answer. A test sends the one and expects the other. */
export interface Example {
  /** Its name in the description, by which request and answer belong together. */
  readonly name: string;
  readonly summary: string;
  /** The body of the request; absent if it has none. */
  readonly body?: object;
  readonly status: number;
  readonly answer: object;
}
