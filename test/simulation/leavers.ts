import type { Command } from "../../shared/umapi/command.ts";
import { domain, type Part, type Person } from "./part.ts";
import type { Dice } from "./seeded-random.ts";

/** Hands in that people leave, each in a command of its own, beside what else happens to their names. */
export class Leavers {
  readonly #caller: string;
  readonly #dice: Dice;
  readonly #newName: () => string;

  constructor(caller: string, dice: Dice, newName: () => string) {
    this.#caller = caller;
    this.#dice = dice;
    this.#newName = newName;
  }

  /** One story around somebody who leaves, in order. */
  commands(part: Part): Command[] {
    const dice = this.#dice;
    const [first, ...others] = part.people;
    if (first === undefined || dice.chance(0.1)) return this.#cameBack(part);
    const person = dice.one([first, ...others]);
    const simple = [this.#left, this.#left, this.#leftTwice, this.#rehired, this.#listed] as const;
    // Only an email changes hands: a username stays beside the email that it came with.
    if (person.isUsername || person.isAdobeID) return dice.one(simple).call(this, part, person);
    const story = dice.one([
      ...simple,
      ...[this.#succeeded, this.#renamedAndLeft, this.#leftByOldName, this.#leftByOldNameOfTwo],
    ]);
    return story.call(this, part, person);
  }

  #left(part: Part, person: Person): Command[] {
    gone(part, person);
    return [this.#leaver(person)];
  }

  #leftTwice(part: Part, person: Person): Command[] {
    return [...this.#left(part, person), this.#leaver(person)];
  }

  #rehired(part: Part, person: Person): Command[] {
    if (person.isAdobeID) return this.#left(part, person);
    person.groups.clear();
    return [this.#leaver(person), this.#joiner(person)];
  }

  /** A group's command lists the leaver beside others. */
  #listed(part: Part, person: Person): Command[] {
    const [first, ...others] = part.groups;
    if (first === undefined || person.isUsername) return this.#left(part, person);
    const colleagues = part.people.filter((other) => !other.isUsername && other !== person);
    const user = [person.user, ...this.#dice.some(colleagues, 0.4).map((other) => other.user)];
    const usergroup = this.#dice.one([first, ...others]);
    const list: Command = { usergroup, do: [this.#dice.chance(0.7) ? { add: { user } } : { remove: { user } }] };
    return [list, ...this.#left(part, person)];
  }

  /** Somebody else gets the name of who left, and may leave under it as well. */
  #succeeded(part: Part, person: Person): Command[] {
    const leaver = this.#leaver(person);
    const [first, ...others] = part.people.filter((other) => isFree(other) && other !== person);
    if (first === undefined) return this.#left(part, person);
    const successor = this.#dice.one([first, ...others]);
    const rename = renamed(part, successor, person.user);
    part.people = part.people.filter((other) => other !== person);
    if (this.#dice.chance(0.5)) return [leaver, rename];
    part.people = part.people.filter((other) => other.user !== person.user);
    return [leaver, rename, this.#leaver(person)];
  }

  #renamedAndLeft(part: Part, person: Person): Command[] {
    const user = this.#newEmail();
    const rename = renamed(part, person, user);
    part.people = part.people.filter((other) => other.user !== user);
    return [rename, this.#leaver({ ...person, user })];
  }

  /** Whoever says that the person leaves does not know of the new name. */
  #leftByOldName(part: Part, person: Person): Command[] {
    return [renamed(part, person, this.#newEmail()), this.#leaver(person)];
  }

  #leftByOldNameOfTwo(part: Part, person: Person): Command[] {
    const [first, ...others] = part.people.filter((other) => isFree(other) && other !== person);
    if (first === undefined) return this.#leftByOldName(part, person);
    const away = renamed(part, person, this.#newEmail());
    const onto = renamed(part, this.#dice.one([first, ...others]), person.user);
    part.people = part.people.filter((other) => other.user !== person.user);
    return [away, onto, this.#leaver(person)];
  }

  /** Somebody who left is there again; where nobody has left, somebody leaves whom nobody knows. */
  #cameBack(part: Part): Command[] {
    const [first, ...others] = part.free;
    if (first === undefined) return [{ user: `nobody.${this.#caller}@${domain}`, do: [{ removeFromOrg: {} }] }];
    const user = this.#dice.one([first, ...others]);
    part.free = part.free.filter((other) => other !== user);
    const person = { user, isUsername: false, isAdobeID: false, groups: new Set<string>() };
    part.people.push(person);
    return [this.#joiner(person)];
  }

  #leaver({ user, isUsername }: Person): Command {
    const removeFromOrg = this.#dice.chance(0.2) ? { deleteAccount: false } : {};
    return { user: this.#spelled(user), ...(isUsername ? { domain } : {}), do: [{ removeFromOrg }] };
  }

  #joiner({ user, isUsername }: Person): Command {
    const name = this.#newName();
    const email = isUsername ? `${user}@${domain}` : user;
    const create = { email, firstname: `Given-${name}`, lastname: `Family-${name}`, country: "GB" };
    return { user: this.#spelled(user), ...(isUsername ? { domain } : {}), do: [{ createFederatedID: create }] };
  }

  #newEmail(): string {
    return `${this.#newName()}@${domain}`;
  }

  /** Adobe compares names without regard to case. */
  #spelled(name: string): string {
    return this.#dice.chance(0.1) ? name.toUpperCase() : name;
  }
}

function isFree({ isUsername, isAdobeID }: Person): boolean {
  return !isUsername && !isAdobeID;
}

function gone(part: Part, person: Person): void {
  part.people = part.people.filter((other) => other !== person);
  if (isFree(person)) part.free.push(person.user);
}

function renamed(part: Part, person: Person, email: string): Command {
  part.people = part.people.map((other) => (other === person ? { ...person, user: email } : other));
  return { user: person.user, do: [{ update: { email } }] };
}
