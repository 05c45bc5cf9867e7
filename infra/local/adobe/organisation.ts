import { type Group, Groups, leave } from "./groups.ts";
import { populate } from "./population.ts";
import { hex, type Random } from "./randomness.ts";
import { type Address, domainOf, type IdentityType, type User, Users } from "./users.ts";

/** Claimed for Adobe, enterprise and federated IDs alike. */
const CLAIMED_DOMAINS = new Set(["example.com"]);

export interface NewUser {
  readonly type: IdentityType;
  readonly email: string;
  readonly username: string;
  readonly domain: string;
  readonly firstname?: string;
  readonly lastname?: string;
  readonly country?: string;
}

/** The organisation's people and groups. */
export class Organisation {
  readonly users = new Users();
  readonly groups = new Groups();
  /** Accounts of people who left and were not deleted. A person who comes back gets the same account. */
  readonly #departed = new Map<string, User>();
  readonly #random: Random;

  /** @param options.users how many people it starts with */
  constructor(options: { random: Random; users: number }) {
    this.#random = options.random;
    this.groups.create({ name: "TestGroup1", type: "USER_GROUP" });
    const licenseQuota = 1_000_000;
    const product = { name: "Creative Cloud 1", productName: "Creative Cloud 1", licenseQuota };
    this.groups.create({ ...product, type: "PRODUCT_PROFILE" });
    this.addContract("ETLA", "5A9DB8F0");
    if (options.users > 0) populate(this, options.users);
  }

  /** Adds the group of a contract's administrators, named as Adobe names one (UMAPI docs, news of 22 May 2025). */
  addContract(kind: string, id: string): Group {
    const contractName = `${kind} - ${id}`;
    return this.groups.create({ name: `${id}_CONTRACT_GROUP`, type: "CONTRACT_ADMIN_GROUP", contractName });
  }

  /** Whether people with this email or domain may be managed here. */
  claims(emailOrDomain: string): boolean {
    return CLAIMED_DOMAINS.has(domainOf(emailOrDomain));
  }

  /** Adds a person. A person whose account is still there comes back with its id and the email as first written. */
  addUser(user: NewUser): User {
    const key = accountKey(user.type, user.email);
    const account = this.#departed.get(key);
    this.#departed.delete(key);
    const added: User = {
      ...user,
      ...(account === undefined ? { id: this.#newId(user.type) } : revived(user, account)),
      groups: new Set(),
    };
    this.users.add(added);
    return added;
  }

  /** Gives a person another email or username. The account of a departed person with that email is forgotten. */
  renameUser(user: User, names: { readonly email: string; readonly username: string }): void {
    this.users.rename(user, names);
    this.#departed.delete(accountKey(user.type, user.email));
  }

  /** Ends every membership; an Adobe ID's account is its owner's and is never deleted (UMAPI docs, removeFromOrg). */
  removeUser(user: User, deleteAccount: boolean): void {
    for (const group of user.groups) leave(user, group);
    this.users.remove(user);
    if (!deleteAccount || user.type === "adobeID") this.#departed.set(accountKey(user.type, user.email), user);
  }

  /** Deletes the account of a person who has left already. */
  deleteDeparted(address: Address): void {
    if (address.kind === "email") {
      if (!address.adobeIDOnly) this.#departed.delete(accountKey("federatedID", address.email));
      return;
    }
    // Adobe IDs are not found in this way: their username is their email, which a command never uses as a username.
    for (const [key, { username, domain }] of this.#departed) {
      if (sameText(username, address.username) && sameText(domain, address.domain)) {
        this.#departed.delete(key);
      }
    }
  }

  #newId(type: IdentityType): string {
    return `${hex(this.#random, 24)}@${type === "adobeID" ? "AdobeID" : "SANDBOX.E"}`;
  }
}

/** The username changes with the email if it is the email. */
function revived(user: NewUser, { id, email }: User): { id: string; email: string; username: string } {
  return { id, email, username: sameText(user.username, email) ? email : user.username };
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function accountKey(type: IdentityType, email: string): string {
  return `${type === "adobeID" ? "adobe" : "managed"}:${email.toLowerCase()}`;
}
