/** A command breaks a rule of UMAPI. It becomes one entry of `errors` in the answer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** One of Adobe's error codes. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
