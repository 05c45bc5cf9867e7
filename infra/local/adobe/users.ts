import type { Group } from "./groups.ts";
import { type Ordered, Roll } from "./roll.ts";

export type IdentityType = "adobeID" | "enterpriseID" | "federatedID";

export interface User {
  readonly id: string;
  readonly type: IdentityType;
  /** As first written; compared without regard to case. */
  email: string;
  username: string;
  readonly domain: string;
  firstname?: string;
  lastname?: string;
  readonly country?: string;
  /** The groups that the user is a direct member of. */
  readonly groups: Set<Group>;
}

/** How a command or a read names a user. */
export type Address =
  | { readonly kind: "email"; readonly email: string; readonly adobeIDOnly: boolean }
  | { readonly kind: "username"; readonly username: string; readonly domain: string };

/** The part after the `@`, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

/**
 * The users in the organisation. An Adobe ID may share its email with an enterprise or federated one (UMAPI docs,
 * `useAdobeID`), so the two live in separate indexes.
 */
export class Users {
  readonly #all = new Roll<User>();
  readonly #byDomain = new Map<string, Roll<User>>();
  readonly #adobeIDs = new Map<string, User>();
  readonly #managed = new Map<string, User>();
  readonly #byUsername = new Map<string, User>();

  find(address: Address): User | undefined {
    if (address.kind === "username") return this.findByUsername(address.username, address.domain);
    const email = address.email.toLowerCase();
    return (address.adobeIDOnly ? undefined : this.#managed.get(email)) ?? this.#adobeIDs.get(email);
  }

  /** The user whom a create of this type would collide with. */
  findSameIdentity(type: IdentityType, email: string): User | undefined {
    return this.#emails(type).get(email.toLowerCase());
  }

  findByUsername(username: string, domain: string): User | undefined {
    return this.#byUsername.get(usernameKey(username, domain));
  }

  /** Whether a user has this username, in any domain. */
  hasUsername(username: string): boolean {
    const name = username.toLowerCase();
    return [...this.#byUsername.values()].some((user) => user.username.toLowerCase() === name);
  }

  add(user: User): void {
    this.#all.add(user);
    this.#ofDomain(user.domain).add(user);
    this.#index(user);
  }

  remove(user: User): void {
    this.#all.delete(user);
    this.#ofDomain(user.domain).delete(user);
    this.#unindex(user);
  }

  /** Gives a user another email or username, and updates the indexes. */
  rename(user: User, names: { readonly email: string; readonly username: string }): void {
    this.#unindex(user);
    user.email = names.email;
    user.username = names.username;
    this.#index(user);
  }

  /** Every user, or those of one domain, in order of arrival. */
  list(domain?: string): Ordered<User> {
    return domain === undefined ? this.#all : (this.#byDomain.get(domain.toLowerCase()) ?? new Roll());
  }

  /** Every user, in order of arrival. */
  all(): readonly User[] {
    return this.#all.slice(0, this.#all.size);
  }

  #ofDomain(domain: string): Roll<User> {
    const key = domain.toLowerCase();
    const found = this.#byDomain.get(key) ?? new Roll<User>();
    this.#byDomain.set(key, found);
    return found;
  }

  #index(user: User): void {
    this.#emails(user.type).set(user.email.toLowerCase(), user);
    if (user.type !== "adobeID") this.#byUsername.set(usernameKey(user.username, user.domain), user);
  }

  #unindex(user: User): void {
    this.#emails(user.type).delete(user.email.toLowerCase());
    if (user.type !== "adobeID") this.#byUsername.delete(usernameKey(user.username, user.domain));
  }

  #emails(type: IdentityType): Map<string, User> {
    return type === "adobeID" ? this.#adobeIDs : this.#managed;
  }
}

function usernameKey(username: string, domain: string): string {
  return `${username.toLowerCase()}|${domain.toLowerCase()}`;
}
