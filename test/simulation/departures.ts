import type { Operation } from "../../shared/operation/operation.ts";
import type { Command } from "../../shared/umapi/command.ts";
import type { SeenRow } from "./ledger-watch.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** The generation of an operation that really does nothing but remove its user, and that succeeded. */
export interface Departure {
  readonly id: string;
  readonly root: string;
  /** The user's name, in small letters. */
  readonly name: string;
  readonly place: string;
  /** When its success was written down, in milliseconds since the epoch. */
  readonly endedAt: number;
}

export function isLeaver({ testOnly, removalSet, command }: Operation): boolean {
  return !testOnly && removalSet === undefined && removesOnly(command);
}

/** Whether the command does nothing but remove its user. */
export function removesOnly(command: { readonly user?: unknown; readonly do: readonly unknown[] }): boolean {
  const [only, ...others] = command.do;
  return typeof command.user === "string" && others.length === 0 && isRemoval(only);
}

export function isRemoval(step: unknown): boolean {
  return typeof step === "object" && step !== null && "removeFromOrg" in step;
}

/** What a command of Adobe's is on, so that two that are on the same compare as equal. */
export function rootKey(command: { readonly user?: unknown; readonly domain?: unknown; readonly usergroup?: unknown }) {
  const { user, domain, usergroup } = command;
  return [user ?? "", domain ?? "", usergroup ?? ""].map((text) => String(text).toLowerCase()).join("|");
}

/** Every user whom the lists of a user group's command name, in small letters. */
export function listedUsers(command: Command): string[] {
  if ("user" in command) return [];
  return command.do
    .flatMap((step) => ("add" in step ? (step.add.user ?? []) : "remove" in step ? (step.remove.user ?? []) : []))
    .map((user) => user.toLowerCase());
}

/** Leavers that have succeeded, each generation by itself. */
export function departures({ queue, ledger }: SimulatedWorld): Departure[] {
  return queue.arrivals.flatMap(({ operation, place }) => {
    const { id, generation, command } = operation;
    const endedAt = ledger.endedAt(id, generation);
    if (!isLeaver(operation) || endedAt === undefined || ledger.final(id, generation)?.status !== "succeeded")
      return [];
    const name = "user" in command ? command.user.toLowerCase() : "";
    return [{ id, root: rootKey(command), name, place, endedAt }];
  });
}

/** The leaver's repeats: operations that the service has entered itself, so that no message has brought them. */
export function repeatsOf({ queue, ledger }: Pick<SimulatedWorld, "queue" | "ledger">, id: string): SeenRow[] {
  return ledger.ids
    .filter((each) => each.startsWith(`${id}-`) && queue.arrival(each, 0) === undefined)
    .flatMap((each) => ledger.row(each) ?? []);
}
