/** A rule of UMAPI that a command breaks; becomes one entry of `errors` in the answer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** One of Adobe's error codes. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
