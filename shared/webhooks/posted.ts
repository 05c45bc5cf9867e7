/** One webhook as it came. */
export interface Posted {
  /** In capitals, such as `POST`. */
  readonly method: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came, before anything reads it. */
  readonly body: Uint8Array;
}

/** The value of a header, whose name may have letters of any case; undefined without a name. */
export function headerOf({ headers }: Pick<Posted, "headers">, name: string | undefined): string | undefined {
  return name === undefined ? undefined : headers[name.toLowerCase()];
}
