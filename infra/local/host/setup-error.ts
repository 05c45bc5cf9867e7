/** What keeps the local host from starting, in one line: what is wrong, where, and what to do about it. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
