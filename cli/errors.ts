/** A command cannot do what it was asked to. The message is for the user: what, why, and what to do; never a secret. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Not everything that was asked for succeeded, and the user has been told what did not. */
export class Unsuccessful extends Error {
  override readonly name = "Unsuccessful";
}
