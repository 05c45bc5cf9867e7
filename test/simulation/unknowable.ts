import type { Command } from "../../shared/umapi/command.ts";
import { nameOf, namesIn } from "./names.ts";

/** The names whose expected state cannot be known. Operations are added in the order in which they were accepted. */
export class Unknowable {
  readonly names = new Set<string>();
  /** Names that one account has had: one that is renamed keeps its email beside its username. */
  readonly #accounts = new Map<string, Set<string>>();
  readonly #formerUsernames = new Set<string>();

  /** Whether what becomes of the command depends on what is unknowable, or on an order that is not promised. */
  touches(command: Command): boolean {
    // The person is addressed by email and by username, which no command names together: they count as two.
    return namesIn(command).some((name) => this.names.has(name) || this.#formerUsernames.has(name));
  }

  /** Of the command it cannot be said what became of it, nor therefore of whatever it names. */
  add(command: Command): void {
    for (const name of namesIn(command)) for (const each of this.#accounts.get(name) ?? [name]) this.names.add(each);
  }

  /** Remembers the names that the command gives one account. */
  link(command: Command): void {
    if (!("user" in command)) return;
    const former = nameOf(command.user);
    for (const step of command.do) {
      const next = "update" in step ? nameOf(step.update.username ?? "") : undefined;
      if (former === undefined || next === undefined) continue;
      const account = new Set([...(this.#accounts.get(former) ?? [former]), next]);
      for (const name of account) this.#accounts.set(name, account);
      this.#formerUsernames.add(former);
    }
  }
}
