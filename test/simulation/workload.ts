import type { Command, UserStep } from "../../shared/umapi/command.ts";
import type { Dice } from "./seeded-random.ts";

/** Groups that every caller adds its people to, and that nobody changes. */
const sharedGroups = ["TestGroup1", "Creative Cloud 1"] as const;

/**
 * One caller's view of its part of the organisation: it hands in joiners, movers, leavers, renames and changes of groups,
 * mostly such as can succeed if all before them has, on names that no other caller uses.
 */
export class Caller {
  readonly #dice: Dice;
  readonly #name: string;
  /** Present users, with their groups. */
  readonly #people = new Map<string, Set<string>>();
  readonly #groups = new Set<string>();
  #named = 0;

  constructor(name: string, dice: Dice) {
    this.#name = name;
    this.#dice = dice;
  }

  /** The commands of one call. */
  call(): Command[] {
    const length = this.#dice.one([1, 1, 2, 5, 12, 30]);
    return Array.from({ length }, () => this.#command());
  }

  #command(): Command {
    const dice = this.#dice;
    const people = [...this.#people.keys()];
    const [first, ...others] = people;
    if (first === undefined || (people.length < 8 && dice.chance(0.4))) return this.#joiner();
    const user = dice.one([first, ...others]);
    return dice
      .one([
        this.#mover,
        this.#mover,
        this.#mover,
        this.#leaver,
        this.#rename,
        this.#group,
        this.#oversized,
        this.#mistake,
      ])
      .call(this, user);
  }

  #joiner(): Command {
    const email = this.#newEmail();
    const details = { email, firstname: `Given-${email}`, lastname: `Family-${email}`, country: "GB" };
    const option = this.#dice.chance(0.5) ? { option: "ignoreIfAlreadyExists" as const } : {};
    const create: UserStep = this.#dice.chance(0.5)
      ? { createFederatedID: { ...details, ...option } }
      : { createEnterpriseID: { ...details, ...option } };
    const groups = this.#dice.some(this.#allGroups(), 0.4);
    this.#people.set(email, new Set(groups));
    return { user: email, do: groups.length === 0 ? [create] : [create, { add: { group: groups } }] };
  }

  #mover(user: string): Command {
    const groups = this.#people.get(user) ?? new Set();
    if (this.#dice.chance(0.3)) return { user, do: [{ update: { lastname: `Family-${this.#newEmail()}` } }] };
    const [group, ...others] = this.#allGroups();
    if (group === undefined) return this.#joiner();
    const chosen = this.#dice.one([group, ...others]);
    if (this.#dice.chance(0.5)) {
      groups.add(chosen);
      return { user, do: [{ add: { group: [chosen] } }] };
    }
    groups.delete(chosen);
    return { user, do: [{ remove: { group: [chosen] } }] };
  }

  #leaver(user: string): Command {
    this.#people.delete(user);
    return { user, do: [{ remove: "all" }, { removeFromOrg: {} }] };
  }

  #rename(user: string): Command {
    const email = this.#newEmail();
    this.#people.set(email, this.#people.get(user) ?? new Set());
    this.#people.delete(user);
    return { user, do: [{ update: { email } }] };
  }

  #group(user: string): Command {
    const [usergroup] = this.#groups;
    if (usergroup === undefined || this.#dice.chance(0.3)) {
      const fresh = `${this.#name} group ${this.#named++}`;
      this.#groups.add(fresh);
      return { usergroup: fresh, do: [{ createUserGroup: { description: "all who draw" } }] };
    }
    if (this.#dice.chance(0.2)) {
      this.#groups.delete(usergroup);
      for (const groups of this.#people.values()) groups.delete(usergroup);
      return { usergroup, do: [{ deleteUserGroup: {} }] };
    }
    const groups = this.#people.get(user);
    if (groups === undefined || groups.has(usergroup)) return this.#mover(user);
    groups.add(usergroup);
    return { usergroup, do: [{ add: { user: [user] } }] };
  }

  /** More steps than Adobe takes at once. */
  #oversized(user: string): Command {
    const steps = Array.from({ length: this.#dice.between(11, 25) }, (_, index): UserStep => {
      return { update: { firstname: `Given-${index}-${this.#newEmail()}` } };
    });
    return { user, do: steps };
  }

  /** Work that Adobe refuses for good. */
  #mistake(user: string): Command {
    return this.#dice.chance(0.5)
      ? { user, do: [{ update: { firstname: `Given-${this.#newEmail()}` } }, { add: { group: ["Nowhere"] } }] }
      : { user: `nobody.${this.#name}@example.com`, do: [{ update: { firstname: "Given-Nobody" } }] };
  }

  #allGroups(): string[] {
    return [...sharedGroups, ...this.#groups];
  }

  #newEmail(): string {
    return `${this.#name}.${this.#named++}@example.com`;
  }
}
