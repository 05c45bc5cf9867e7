/** The local host cannot start. The message says in one line what is wrong, where, and what to do. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
