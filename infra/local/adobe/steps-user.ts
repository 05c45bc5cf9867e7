import type { UserStep } from "./command.ts";
import { type Group, isUnchangeable, join, leave } from "./groups.ts";
import type { Organisation } from "./organisation.ts";
import { Refusal } from "./refusal.ts";
import { type Address, domainOf, type User } from "./users.ts";

/** The change that a step makes, once it is called. */
export type Change = () => void;

const nothing: Change = () => {};

/** The user of a command, as found so far. Steps after a create or a rename continue with the same person. */
export interface UserSubject {
  user: User | undefined;
}

/**
 * Checks a step against the organisation and returns its change; throws a Refusal if it is impossible. In test mode
 * unknown users pass, because the step that creates them was not carried out (UMAPI docs, testOnly).
 */
export function planUserStep(
  step: UserStep,
  at: { organisation: Organisation; address: Address; subject: UserSubject; testMode: boolean },
): Change {
  const { organisation, address, subject, testMode } = at;
  if (step.kind === "create") return planCreate(step, organisation, address, subject);
  const groups = step.kind === "add" || step.kind === "remove" ? findGroups(step, organisation) : [];
  const user = subject.user;
  if (user === undefined) {
    // UMAPI docs: removeFromOrg "always reports a successful result, even if the user did not exist".
    if (step.kind === "removeFromOrg") return () => step.deleteAccount && organisation.deleteDeparted(address);
    if (step.kind === "update" && address.kind === "username" && organisation.users.hasUsername(address.username)) {
      throw new Refusal("error.update.domain.mismatch", `The user is not of domain ${address.domain}`);
    }
    if (testMode) return nothing;
    throw unknownUser(describe(address));
  }
  switch (step.kind) {
    case "update":
      return planUpdate(step, organisation, user);
    case "add":
      return () => {
        for (const group of groups) join(user, group);
      };
    case "remove":
      return () => {
        for (const group of groups) leave(user, group);
      };
    case "removeAll":
      return () => {
        for (const group of user.groups) if (!isUnchangeable(group.name)) leave(user, group);
      };
    case "removeFromOrg":
      return () => {
        organisation.removeUser(user, step.deleteAccount);
      };
  }
}

export function unknownUser(name: string): Refusal {
  return new Refusal("error.user.nonexistent", `User Id does not exist: ${name}`);
}

function planCreate(
  step: UserStep & { kind: "create" },
  organisation: Organisation,
  address: Address,
  subject: UserSubject,
): Change {
  const username = address.kind === "username" ? address.username : step.email;
  const domain = address.kind === "username" ? address.domain : domainOf(step.email);
  if (step.type !== "adobeID" && !(organisation.claims(step.email) && organisation.claims(domain))) throw unclaimed();
  const existing =
    organisation.users.findSameIdentity(step.type, step.email) ??
    (step.type === "adobeID" ? undefined : organisation.users.findByUsername(username, domain));
  if (existing !== undefined) return planExisting(step, existing, subject);
  notBlank("error.internal.create_failed", step);
  const { kind: _, option: __, ...person } = step;
  return () => {
    subject.user = organisation.addUser({ ...person, username, domain });
  };
}

function planExisting(step: UserStep & { kind: "create" }, existing: User, subject: UserSubject): Change {
  if (step.option === undefined) {
    throw new Refusal("error.user.already_in_org", `User is already in the organization: ${step.email}`);
  }
  const { firstname, lastname } = step;
  // The names of an Adobe ID belong to its owner, so there is nothing to update.
  const updates = step.option === "updateIfAlreadyExists" && existing.type !== "adobeID";
  if (updates) notBlank("error.internal.update_failed", step);
  return () => {
    subject.user = existing;
    if (updates && firstname !== undefined) existing.firstname = firstname;
    if (updates && lastname !== undefined) existing.lastname = lastname;
  };
}

function planUpdate(step: UserStep & { kind: "update" }, organisation: Organisation, user: User): Change {
  if (user.type === "adobeID") {
    throw new Refusal("error.update.adobeid.no", `An Adobe ID cannot be updated: ${user.email}`);
  }
  const email = step.email ?? user.email;
  if (email !== user.email) checkNewEmail(email, organisation, user);
  const followsEmail = user.username.toLowerCase() === user.email.toLowerCase();
  const username = step.username ?? (followsEmail ? email : user.username);
  if (step.username !== undefined) checkNewUsername(step.username, organisation, user);
  const holder = organisation.users.findByUsername(username, user.domain);
  if (holder !== undefined && holder !== user) {
    throw new Refusal("error.user.name_in_use", `User name is in use: ${username}`);
  }
  notBlank("error.internal.update_failed", step);
  return () => {
    organisation.renameUser(user, { email, username });
    if (step.firstname !== undefined) user.firstname = step.firstname;
    if (step.lastname !== undefined) user.lastname = step.lastname;
  };
}

function checkNewEmail(email: string, organisation: Organisation, user: User): void {
  if (email.toLowerCase() === user.email.toLowerCase()) {
    throw new Refusal("error.update.no", `The letter case of an email address cannot be changed: ${user.email}`);
  }
  if (!organisation.claims(email)) throw unclaimed();
  if (organisation.users.findSameIdentity(user.type, email) !== undefined) {
    throw new Refusal("error.user.email.name_in_use", `Email address is in use: ${email}`);
  }
}

function checkNewUsername(username: string, organisation: Organisation, user: User): void {
  if (user.type !== "federatedID") {
    throw new Refusal("error.update.username.no", `The user name cannot be updated: ${user.email}`);
  }
  if (username.includes("@") && !organisation.claims(username)) throw unclaimed();
}

/** Users report that Adobe answers a blank name with an internal error every time. */
function notBlank(code: string, names: { readonly firstname?: string; readonly lastname?: string }): void {
  for (const [field, name] of Object.entries({ firstname: names.firstname, lastname: names.lastname })) {
    if (name?.trim() === "") throw new Refusal(code, `FIELD_MIN_LENGTH: ${field}`);
  }
}

function unclaimed(): Refusal {
  return new Refusal("error.domain.trust.nonexistent", "Changes to users are only allowed in claimed domains.");
}

function findGroups(step: UserStep & { kind: "add" | "remove" }, organisation: Organisation): Group[] {
  const groups = step.groups.map((name) => findGroup(name, organisation));
  return [...groups, ...step.products.map((name) => findProfile(name, organisation))];
}

function findGroup(name: string, organisation: Organisation): Group {
  if (isUnchangeable(name)) throw new Refusal("error.command.illegal_entry", `${name} cannot be added or removed`);
  const group = organisation.groups.find(name);
  if (group === undefined) throw unknownGroup(name);
  return group;
}

/** A product profile by name; throws a Refusal for anything else. */
export function findProfile(name: string, organisation: Organisation): Group {
  const profile = organisation.groups.find(name);
  if (profile?.type !== "PRODUCT_PROFILE") throw unknownGroup(name);
  return profile;
}

function unknownGroup(name: string): Refusal {
  return new Refusal("error.group.not_found", `Group ${name} was not found`);
}

function describe(address: Address): string {
  return address.kind === "email" ? address.email : `${address.username} (${address.domain})`;
}
