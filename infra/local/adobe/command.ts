import type { Address, IdentityType } from "./users.ts";

/** What a create does when its subject exists: the `option` field of UMAPI. */
type ExistingOption = "ignoreIfAlreadyExists" | "updateIfAlreadyExists";

export type UserStep =
  | {
      readonly kind: "create";
      readonly type: IdentityType;
      readonly email: string;
      readonly firstname?: string;
      readonly lastname?: string;
      readonly country?: string;
      readonly option?: ExistingOption;
    }
  | {
      readonly kind: "update";
      readonly email?: string;
      readonly username?: string;
      readonly firstname?: string;
      readonly lastname?: string;
    }
  | {
      readonly kind: "add" | "remove";
      readonly groups: readonly string[];
      readonly products: readonly string[];
      readonly deprecated: boolean;
    }
  | { readonly kind: "removeAll" }
  | { readonly kind: "removeFromOrg"; readonly deleteAccount: boolean };

export type UsergroupStep =
  | { readonly kind: "create"; readonly description?: string; readonly option?: ExistingOption }
  | { readonly kind: "update"; readonly name?: string; readonly description?: string }
  | { readonly kind: "delete" }
  | {
      readonly kind: "add" | "remove";
      readonly users: readonly string[];
      readonly products: readonly string[];
      readonly deprecated: boolean;
    };

/** A command that keeps every rule that does not depend on the organisation. */
export type Command =
  | { readonly root: "user"; readonly address: Address; readonly steps: readonly UserStep[] }
  | { readonly root: "usergroup"; readonly name: string; readonly steps: readonly UsergroupStep[] };
