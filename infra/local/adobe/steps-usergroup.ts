import type { UsergroupStep } from "./command.ts";
import { type Group, join, leave } from "./groups.ts";
import type { Organisation } from "./organisation.ts";
import { Refusal } from "./refusal.ts";
import { type Change, findProfile, unknownUser } from "./steps-user.ts";
import type { User } from "./users.ts";

/** The group of a command. In test mode a create does not make it, and `promised` says that it would exist. */
interface GroupSubject {
  group: Group | undefined;
  promised: boolean;
}

interface At {
  readonly organisation: Organisation;
  readonly name: string;
  readonly subject: GroupSubject;
  readonly testMode: boolean;
}

/** As `planUserStep`, for a step on a user group. */
export function planUsergroupStep(step: UsergroupStep, at: At): Change {
  if (step.kind === "create") return planCreate(step, at);
  const group = at.subject.group;
  if (group === undefined) {
    if (at.subject.promised) return () => {};
    throw new Refusal("error.usergroup.not_found", `Usergroup not found: ${at.name}`);
  }
  switch (step.kind) {
    case "update":
      return planUpdate(step, group, at.organisation);
    case "delete":
      refuseReadOnly(group, "remove", "User group owned by another organization. Remove not allowed");
      return () => {
        at.organisation.groups.remove(group);
      };
    case "add":
    case "remove":
      return planMembership(step, group, at);
  }
}

function planCreate(step: UsergroupStep & { kind: "create" }, { organisation, name, subject, testMode }: At): Change {
  const existing = organisation.groups.find(name);
  if (existing !== undefined && (step.option === undefined || existing.type !== "USER_GROUP")) {
    throw new Refusal("error.usergroup.already_exists", `Usergroup already exists: ${name}`);
  }
  const { description } = step;
  subject.promised = testMode;
  return () => {
    subject.group = existing ?? organisation.groups.create({ name, type: "USER_GROUP" });
    const writes = existing === undefined || step.option === "updateIfAlreadyExists";
    if (writes && description !== undefined) subject.group.description = description;
  };
}

function planUpdate(step: UsergroupStep & { kind: "update" }, group: Group, organisation: Organisation): Change {
  refuseReadOnly(group, "update", "Usergroup is owned by another org and readonly");
  const { name, description } = step;
  const holder = name === undefined ? undefined : organisation.groups.find(name);
  if (holder !== undefined && holder !== group) {
    throw new Refusal("error.usergroup.already_exists", `Usergroup already exists: ${name}`);
  }
  return () => {
    if (name !== undefined) organisation.groups.rename(group, name);
    if (description !== undefined) group.description = description;
  };
}

function planMembership(step: UsergroupStep & { kind: "add" | "remove" }, group: Group, at: At): Change {
  const profiles = step.products.map((name) => findProfile(name, at.organisation));
  if (step.users.length > 0) {
    if (step.kind === "add") {
      refuseReadOnly(group, "add_user", "User cannot be added to group as owned by another org and readonly");
    } else {
      refuseReadOnly(group, "remove_user", "User cannot be removed from group as owned by another org and readonly");
    }
  }
  const users = findUsers(step.users, at);
  const changing = users.filter((user) => group.members.has(user) !== (step.kind === "add"));
  if (users.length > 0 && changing.length === 0 && !at.testMode) {
    // UMAPI docs: "The provided list of users did not change the group membership."
    throw new Refusal("error.usergroup.user_list.invalid", `No change to the members of usergroup: ${group.name}`);
  }
  return () => {
    for (const user of changing) (step.kind === "add" ? join : leave)(user, group);
    for (const profile of profiles) {
      if (step.kind === "add") group.profiles.add(profile);
      else group.profiles.delete(profile);
    }
  };
}

function findUsers(emails: readonly string[], { organisation, testMode }: At): User[] {
  return emails.flatMap((email) => {
    const user = organisation.users.find({ kind: "email", email, adobeIDOnly: false });
    if (user === undefined && !testMode) throw unknownUser(email);
    return user ?? [];
  });
}

function refuseReadOnly(group: Group, what: "update" | "add_user" | "remove_user" | "remove", message: string): void {
  if (group.readOnly) {
    throw new Refusal(`error.usergroup.readonly.${what}_not_allowed`, `${message}: ${group.name}`);
  }
}
