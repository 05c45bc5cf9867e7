/**
 * The commands of a UMAPI action request as this project handles them: what callers hand in, what the queue carries and,
 * cut to Adobe's sizes, what Adobe receives.
 *
 * A value of these types has passed `checkCommand` (check-command.ts), with one difference from what Adobe takes in one
 * request: `do` and the lists in it may have any length.
 */
export type Command = UserCommand | UserGroupCommand;

/** Work on one user. `domain` is present exactly when `user` is a username and no email. */
export interface UserCommand {
  /** An email, or a username together with `domain`. */
  readonly user: string;
  readonly domain?: string;
  /** The user is the Adobe ID of this email, even where an Enterprise or Federated ID has the same one. */
  readonly useAdobeID?: boolean;
  /** The caller's own mark; Adobe repeats it in errors and warnings. */
  readonly requestID?: string;
  readonly do: readonly UserStep[];
}

/** Work on one user group. */
export interface UserGroupCommand {
  /** The name of the group. */
  readonly usergroup: string;
  /** The caller's own mark; Adobe repeats it in errors and warnings. */
  readonly requestID?: string;
  readonly do: readonly UserGroupStep[];
}

/** One step on a user: an object with exactly one key. */
export type UserStep =
  | { readonly addAdobeID: AddAdobeID }
  | { readonly createEnterpriseID: CreateEnterpriseID }
  | { readonly createFederatedID: CreateFederatedID }
  | { readonly update: UpdateUser }
  | { readonly add: Memberships }
  | { readonly remove: Memberships | "all" }
  | { readonly removeFromOrg: RemoveFromOrg };

/** One step on a user group: an object with exactly one key. */
export type UserGroupStep =
  | { readonly createUserGroup: CreateUserGroup }
  | { readonly updateUserGroup: UpdateUserGroup }
  | { readonly deleteUserGroup: DeleteUserGroup }
  | { readonly add: Members }
  | { readonly remove: Members };

/** What to do where the thing to create exists. Without it that is an error; with it the command's other steps run. */
export type CreateOption = "ignoreIfAlreadyExists" | "updateIfAlreadyExists";

export interface AddAdobeID {
  readonly email: string;
  /** ISO 3166, two upper-case letters. */
  readonly country?: string;
  readonly firstname?: string;
  readonly lastname?: string;
  readonly option?: CreateOption;
}

export interface CreateEnterpriseID {
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  /** ISO 3166, two upper-case letters. */
  readonly country?: string;
  readonly option?: CreateOption;
}

export interface CreateFederatedID {
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  /** ISO 3166, two upper-case letters. */
  readonly country: string;
  readonly option?: CreateOption;
}

/** At least one field is present. */
export interface UpdateUser {
  readonly email?: string;
  readonly username?: string;
  readonly firstname?: string;
  readonly lastname?: string;
}

/**
 * Groups of a user by name: user groups, product profiles and admin groups alike. At least one list is present, and none
 * is empty. `product` is Adobe's older name of `productConfiguration` and draws a warning.
 */
export interface Memberships {
  readonly group?: readonly string[];
  readonly product?: readonly string[];
  readonly productConfiguration?: readonly string[];
}

export interface RemoveFromOrg {
  /** Also destroys the account and its assets. Irreversible. */
  readonly deleteAccount?: boolean;
}

export interface CreateUserGroup {
  readonly name?: string;
  readonly description?: string;
  readonly option?: CreateOption;
}

/** At least one field is present. */
export interface UpdateUserGroup {
  /** The new name. */
  readonly name?: string;
  readonly description?: string;
}

export type DeleteUserGroup = Readonly<Record<never, never>>;

/** Users and product profiles of a user group. At least one list is present, and none is empty. */
export interface Members {
  /** Emails or usernames. */
  readonly user?: readonly string[];
  readonly productConfiguration?: readonly string[];
}
