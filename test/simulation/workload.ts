import type { Command, CreateEnterpriseID, UserGroupStep, UserStep } from "../../shared/umapi/command.ts";
import { Leavers } from "./leavers.ts";
import { domain, type Part, type Person, sharedGroups } from "./part.ts";
import type { Dice } from "./seeded-random.ts";

/**
 * One caller's view of its part of the organisation: it hands in joiners, movers, leavers, renames and changes of groups,
 * mostly such as can succeed if all before them has, on names that no other caller uses.
 */
export class Caller {
  readonly #dice: Dice;
  readonly #name: string;
  readonly #leaving: Dice;
  readonly #leavers: Leavers;
  #part: Part = { people: [], groups: [], free: [] };
  #named = 0;

  /** @param leaving decides who leaves */
  constructor(name: string, dice: Dice, leaving: Dice) {
    this.#name = name;
    this.#dice = dice;
    this.#leaving = leaving;
    this.#leavers = new Leavers(name, leaving, () => this.#newName());
  }

  /** The commands of one call. */
  call(): Command[] {
    const [first, ...others] = this.#part.people;
    if (first !== undefined && this.#dice.chance(0.05)) return this.#department(this.#dice.one([first, ...others]));
    const length = this.#dice.one([1, 1, 2, 5, 12, 30]);
    return Array.from({ length }, () => [
      this.#command(),
      ...(this.#leaving.chance(0.15) ? this.#leavers.commands(this.#part) : []),
    ]).flat();
  }

  /** An import of so many joiners. */
  import(joiners: number): Command[] {
    return Array.from({ length: joiners }, () => this.#joiner());
  }

  /** People leave. */
  leavers(): Command[] {
    return this.#leavers.commands(this.#part);
  }

  /** As `call`, for a call that is to change nothing. */
  rehearsal(): Command[] {
    const part = structuredClone(this.#part);
    const commands = this.call();
    this.#part = part;
    return commands;
  }

  /** Groups that nobody else is put into, and one person put into all: more than Adobe takes in one list. */
  #department(person: Person): Command[] {
    const group = Array.from({ length: this.#dice.between(11, 25) }, () => this.#newGroupName());
    const isLeft = this.#dice.chance(0.3);
    return [
      ...group.map((usergroup): Command => ({ usergroup, do: [{ createUserGroup: {} }] })),
      this.#on(person, [{ add: { group } }, ...(isLeft ? [{ remove: { group } }] : [])]),
    ];
  }

  #command(): Command {
    const dice = this.#dice;
    const [first, ...others] = this.#part.people;
    if (first === undefined || (others.length < 7 && dice.chance(0.4))) return this.#joiner();
    const person = dice.one([first, ...others]);
    return dice
      .one([
        this.#mover,
        this.#mover,
        this.#mover,
        this.#leaver,
        this.#rename,
        this.#group,
        this.#group,
        this.#oversized,
        this.#mistake,
      ])
      .call(this, person);
  }

  #joiner(): Command {
    const dice = this.#dice;
    const isUsername = dice.chance(0.2);
    const name = this.#newName();
    const email = `${name}@${domain}`;
    const details = { email, firstname: `Given-${name}`, lastname: `Family-${name}`, country: "GB" };
    const option = dice.chance(0.5)
      ? { option: dice.one(["ignoreIfAlreadyExists", "updateIfAlreadyExists"] as const) }
      : {};
    const create = dice.one<() => UserStep>([
      () => ({ createFederatedID: { ...details, ...option } }),
      () => (isUsername ? { createFederatedID: { ...details, ...option } } : this.#unfederated(details, option)),
    ])();
    const groups = dice.some(this.#allGroups(), 0.4);
    const isAdobeID = "addAdobeID" in create;
    const person = { user: isUsername ? name : email, isUsername, isAdobeID, groups: new Set(groups) };
    this.#part.people.push(person);
    return this.#on(person, groups.length === 0 ? [create] : [create, { add: { group: groups } }]);
  }

  /** An Enterprise ID, or an Adobe ID, which nobody but its owner can change. */
  #unfederated(details: CreateEnterpriseID, option: Pick<CreateEnterpriseID, "option">): UserStep {
    if (this.#dice.chance(0.15)) return { addAdobeID: { ...details, ...option } };
    return { createEnterpriseID: { ...details, ...option } };
  }

  #mover(person: Person): Command {
    if (this.#dice.chance(0.3)) return this.#on(person, [{ update: { lastname: `Family-${this.#newName()}` } }]);
    const chosen = this.#dice.one([...sharedGroups, ...this.#part.groups]);
    if (this.#dice.chance(0.5)) {
      person.groups.add(chosen);
      return this.#on(person, [{ add: { group: [chosen] } }]);
    }
    person.groups.delete(chosen);
    return this.#on(person, [{ remove: { group: [chosen] } }]);
  }

  #leaver(person: Person): Command {
    this.#part.people = this.#part.people.filter((other) => other !== person);
    return this.#on(person, [{ remove: "all" }, { removeFromOrg: {} }]);
  }

  #rename(person: Person): Command {
    const { isUsername } = person;
    const name = this.#newName();
    const user = isUsername ? name : `${name}@${domain}`;
    const steps: UserStep[] = [{ update: isUsername ? { username: user } : { email: user } }];
    if (this.#dice.chance(0.2)) steps.unshift({ update: { firstname: `Given-${name}` } });
    if (this.#dice.chance(0.2)) steps.push({ update: { lastname: `Family-${name}` } });
    this.#part.people = this.#part.people.map((other) => (other === person ? { ...person, user } : other));
    return this.#on(person, steps);
  }

  #group(person: Person): Command {
    const dice = this.#dice;
    const [first, ...others] = this.#part.groups;
    if (first === undefined || dice.chance(0.25)) return this.#newGroup();
    const usergroup = dice.one([first, ...others]);
    if (dice.chance(0.2)) return this.#changedGroup(usergroup);
    if (dice.chance(0.15)) return this.#crowd(usergroup);
    // The group's own commands name people by email.
    if (person.isUsername) return this.#mover(person);
    const isMember = person.groups.has(usergroup);
    if (isMember) person.groups.delete(usergroup);
    else person.groups.add(usergroup);
    const members = { user: [this.#spelled(person.user)] };
    return { usergroup, do: [isMember ? { remove: members } : { add: members }] };
  }

  #newGroup(): Command {
    const usergroup = this.#newGroupName();
    this.#part.groups.push(usergroup);
    return { usergroup, do: [{ createUserGroup: { description: "all who draw" } }] };
  }

  #changedGroup(usergroup: string): Command {
    this.#part.groups = this.#part.groups.filter((other) => other !== usergroup);
    const name = this.#dice.chance(0.5) ? this.#newGroupName() : undefined;
    for (const { groups } of this.#part.people) if (groups.delete(usergroup) && name !== undefined) groups.add(name);
    if (name === undefined) return { usergroup, do: [{ deleteUserGroup: {} }] };
    this.#part.groups.push(name);
    return { usergroup, do: [{ updateUserGroup: { name } }] };
  }

  /** Everybody out and in, time and again: more steps than Adobe takes at once. */
  #crowd(usergroup: string): Command {
    const members = this.#part.people.filter(({ isUsername }) => !isUsername);
    const user = members.map((member) => member.user);
    if (user.length === 0) return this.#newGroup();
    for (const { groups } of members) groups.add(usergroup);
    const turns = Array.from({ length: 6 }, (): UserGroupStep[] => [{ remove: { user } }, { add: { user } }]);
    return { usergroup, do: [{ add: { user } }, ...turns.flat()] };
  }

  /** More steps than Adobe takes at once. */
  #oversized(person: Person): Command {
    const steps = Array.from({ length: this.#dice.between(11, 25) }, (_, index): UserStep => {
      return { update: { firstname: `Given-${index}-${this.#newName()}` } };
    });
    return this.#on(person, steps);
  }

  /** Work that Adobe refuses for good. */
  #mistake(person: Person): Command {
    if (this.#dice.chance(0.5))
      return { user: `nobody.${this.#name}@${domain}`, do: [{ update: { firstname: "Given-Nobody" } }] };
    const firstname = `Given-${this.#newName()}`;
    return this.#on(person, [{ update: { firstname } }, { add: { group: ["Nowhere"] } }]);
  }

  #on({ user, isUsername }: Person, steps: UserStep[]): Command {
    return { user: this.#spelled(user), ...(isUsername ? { domain } : {}), do: steps };
  }

  /** Adobe compares names without regard to case. */
  #spelled(name: string): string {
    return this.#dice.chance(0.1) ? name.toUpperCase() : name;
  }

  #allGroups(): string[] {
    return [...sharedGroups, ...this.#part.groups];
  }

  #newName(): string {
    return `${this.#name}.${this.#named++}`;
  }

  #newGroupName(): string {
    return `${this.#name} group ${this.#named++}`;
  }
}
