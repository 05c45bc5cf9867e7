import { Roll } from "./roll.ts";
import type { User } from "./users.ts";

export type GroupType =
  | "USER_GROUP"
  | "PRODUCT_PROFILE"
  | "SYSADMIN_GROUP"
  | "DEPLOYMENT_ADMIN_GROUP"
  | "SUPPORT_ADMIN_GROUP"
  | "PRODUCT_ADMIN_GROUP"
  | "PROFILE_ADMIN_GROUP"
  | "USER_ADMIN_GROUP"
  | "DEVELOPER_GROUP"
  | "CONTRACT_ADMIN_GROUP";

export interface Group {
  readonly id: number;
  readonly type: GroupType;
  name: string;
  description?: string;
  readonly productName?: string;
  readonly contractName?: string;
  /** Of a product profile: how many of its members have a licence. */
  readonly licenseQuota?: number;
  /** Owned by another organisation: members and name cannot be changed from here. */
  readonly readOnly: boolean;
  readonly members: Roll<User>;
  /** Product profiles that a user group's members are entitled to. */
  readonly profiles: Set<Group>;
  /** Admin and developer groups that belong to this one, by prefix. */
  readonly dependants: Map<string, Group>;
  /** The group that an admin or developer group belongs to. */
  readonly parent?: Group;
}

const FIXED: Readonly<Record<string, GroupType>> = {
  _org_admin: "SYSADMIN_GROUP",
  _support_admin: "SUPPORT_ADMIN_GROUP",
  _deployment_admin: "DEPLOYMENT_ADMIN_GROUP",
};

/**
 * UMAPI docs, add and remove: these cannot be assigned or removed. The two of compartments are roles of Adobe's Global
 * Admin Console, which no list of groups shows.
 */
const UNCHANGEABLE = new Set(["_org_admin", "_compartment_admin", "_compartment_viewer"]);

/** Whether UMAPI can neither add anybody to this group nor remove anybody. */
export function isUnchangeable(groupName: string): boolean {
  return UNCHANGEABLE.has(groupName.toLowerCase());
}

/** Every group of the organisation by name, compared without regard to case. */
export class Groups {
  readonly #byName = new Map<string, Group>();
  #lastId = 1000;

  constructor() {
    for (const [name, type] of Object.entries(FIXED)) this.create({ name, type });
  }

  /** Adds a group; its name must be free. */
  create(group: {
    name: string;
    type: GroupType;
    description?: string;
    productName?: string;
    contractName?: string;
    licenseQuota?: number;
    readOnly?: boolean;
  }): Group {
    const created = { ...this.#blank(), readOnly: false, ...group };
    this.#byName.set(group.name.toLowerCase(), created);
    return created;
  }

  /**
   * A group by its name, also an admin or developer group derived from another (`_admin_TestGroup1`). Adobe shows the
   * one group of administrators of a contract under two names.
   */
  find(name: string): Group | undefined {
    const key = name.toLowerCase();
    return this.#byName.get(key) ?? this.#findDependant(key);
  }

  /** A group by its id. */
  findById(id: number): Group | undefined {
    return this.all().find((group) => group.id === id);
  }

  rename(group: Group, name: string): void {
    this.#byName.delete(group.name.toLowerCase());
    group.name = name;
    this.#byName.set(name.toLowerCase(), group);
    for (const [prefix, dependant] of group.dependants) dependant.name = `${prefix}${name}`;
  }

  /** Removes a group with its admin group and ends every membership in both. */
  remove(group: Group): void {
    this.#byName.delete(group.name.toLowerCase());
    for (const gone of [group, ...group.dependants.values()]) {
      for (const member of gone.members) member.groups.delete(gone);
    }
  }

  /** Every group; a derived one only while it has members, as Adobe lists them. */
  all(): Group[] {
    return [...this.#byName.values()].flatMap((group) => [
      group,
      ...[...group.dependants.values()].filter(({ members }) => members.size > 0),
    ]);
  }

  #findDependant(key: string): Group | undefined {
    if (key.startsWith("_product_admin_")) {
      const product = key.slice("_product_admin_".length);
      const profile = [...this.#byName.values()].find(({ productName }) => productName?.toLowerCase() === product);
      return profile && this.#dependant(profile, "_product_admin_", "PRODUCT_ADMIN_GROUP");
    }
    if (key.startsWith("_admin_")) {
      const parent = this.#byName.get(key.slice("_admin_".length));
      if (parent?.type === "USER_GROUP") return this.#dependant(parent, "_admin_", "USER_ADMIN_GROUP");
      if (parent?.type === "PRODUCT_PROFILE") return this.#dependant(parent, "_admin_", "PROFILE_ADMIN_GROUP");
      if (parent?.type === "CONTRACT_ADMIN_GROUP") return parent;
    }
    if (key.startsWith("_developer_")) {
      const parent = this.#byName.get(key.slice("_developer_".length));
      if (parent?.type === "PRODUCT_PROFILE") return this.#dependant(parent, "_developer_", "DEVELOPER_GROUP");
    }
    return undefined;
  }

  #dependant(parent: Group, prefix: string, type: GroupType): Group {
    const existing = parent.dependants.get(prefix);
    if (existing !== undefined) return existing;
    const name = `${prefix}${type === "PRODUCT_ADMIN_GROUP" ? parent.productName : parent.name}`;
    const created: Group = { ...this.#blank(), type, name, readOnly: false, parent };
    parent.dependants.set(prefix, created);
    return created;
  }

  #blank() {
    this.#lastId += 1;
    return {
      id: this.#lastId,
      members: new Roll<User>(),
      profiles: new Set<Group>(),
      dependants: new Map<string, Group>(),
    };
  }
}

export function join(user: User, group: Group): void {
  user.groups.add(group);
  group.members.add(user);
}

export function leave(user: User, group: Group): void {
  user.groups.delete(group);
  group.members.delete(user);
}
