import { Groups, leave } from "./groups.ts";
import { hex, type Random } from "./randomness.ts";
import { domainOf, type IdentityType, type User, Users } from "./users.ts";

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
  /** Ids of accounts that outlive their membership, so that who comes back is the same person. */
  readonly #accounts = new Map<string, string>();
  readonly #random: Random;

  /**
   * @param options.users how many people it starts with
   * @param options.readOnlyGroups names of user groups that another organisation owns
   */
  constructor(options: { random: Random; users: number; readOnlyGroups: readonly string[] }) {
    this.#random = options.random;
    this.groups.create({ name: "TestGroup1", type: "USER_GROUP" });
    this.groups.create({ name: "Creative Cloud 1", type: "PRODUCT_PROFILE", productName: "Creative Cloud 1" });
    for (const name of options.readOnlyGroups) this.groups.create({ name, type: "USER_GROUP", readOnly: true });
    for (let number = 1; number <= options.users; number++) this.#addNumbered(number);
  }

  /** Whether people of this email address or domain may be managed here. */
  claims(emailOrDomain: string): boolean {
    return CLAIMED_DOMAINS.has(domainOf(emailOrDomain));
  }

  addUser(user: NewUser): User {
    const key = accountKey(user.type, user.email);
    const id =
      this.#accounts.get(key) ?? `${hex(this.#random, 24)}@${user.type === "adobeID" ? "AdobeID" : "SANDBOX.E"}`;
    this.#accounts.set(key, id);
    const added: User = { ...user, id, groups: new Set() };
    this.users.add(added);
    return added;
  }

  renameUser(user: User, names: { readonly email: string; readonly username: string }): void {
    this.#accounts.delete(accountKey(user.type, user.email));
    this.users.rename(user, names);
    this.#accounts.set(accountKey(user.type, user.email), user.id);
  }

  /** Ends every membership; an Adobe ID's account is its owner's and is never deleted (UMAPI docs, removeFromOrg). */
  removeUser(user: User, deleteAccount: boolean): void {
    for (const group of user.groups) leave(user, group);
    this.users.remove(user);
    if (deleteAccount && user.type !== "adobeID") this.#accounts.delete(accountKey(user.type, user.email));
  }

  #addNumbered(number: number): void {
    const email = `user${String(number).padStart(6, "0")}@example.com`;
    this.addUser({
      type: number % 2 === 0 ? "enterpriseID" : "federatedID",
      email,
      username: email,
      domain: "example.com",
      firstname: "User",
      lastname: `Number ${number}`,
      country: "US",
    });
  }
}

function accountKey(type: IdentityType, email: string): string {
  return `${type === "adobeID" ? "adobe" : "managed"}:${email.toLowerCase()}`;
}
