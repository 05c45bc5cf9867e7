import { SetupError } from "./host/setup-error.ts";

/** What the workers' code is made of is in no older one. */
const oldestMajor = 22;

/** @param what runs functions on this Node. @throws {SetupError} if it is too old for them */
export function expectNode(what: string): void {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= oldestMajor) return;
  throw new SetupError(
    `${what} runs the functions on this Node, ${node}, and they need ${oldestMajor} or newer: https://nodejs.org`,
  );
}
