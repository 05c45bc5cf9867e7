import type { Members, Memberships, UserCommand, UserGroupCommand, UserGroupStep, UserStep } from "../umapi/command.ts";

/** Memberships that Adobe takes in one step, all lists of the step together (UMAPI docs: "list_too_long"). */
const maxMembershipsPerStep = 10;

/** A step as Adobe takes it, cut from the caller's own. */
export interface LawfulStep<Step> {
  readonly step: Step;
  /** The index of the caller's step in its `do`. */
  readonly source: number;
}

/** The command's steps with every list cut to Adobe's size. The same command always gives the same steps. */
export function lawfulUserSteps(command: UserCommand): LawfulStep<UserStep>[] {
  return command.do.flatMap((step, source) => cutUserStep(step).map((cut) => ({ step: cut, source })));
}

/** As `lawfulUserSteps`, for a user group. */
export function lawfulUserGroupSteps(command: UserGroupCommand): LawfulStep<UserGroupStep>[] {
  return command.do.flatMap((step, source) => cutUserGroupStep(step).map((cut) => ({ step: cut, source })));
}

/** Whether the step creates its root. */
export function creates(step: UserStep | UserGroupStep): boolean {
  return (
    "addAdobeID" in step || "createEnterpriseID" in step || "createFederatedID" in step || "createUserGroup" in step
  );
}

/** Whether nothing may follow the step, because its root is gone. */
export function ends(step: UserStep | UserGroupStep): boolean {
  return "removeFromOrg" in step || "deleteUserGroup" in step;
}

function cutUserStep(step: UserStep): UserStep[] {
  if ("add" in step) return cutMemberships(step.add).map((add) => ({ add }));
  if ("remove" in step && step.remove !== "all") return cutMemberships(step.remove).map((remove) => ({ remove }));
  return [step];
}

function cutUserGroupStep(step: UserGroupStep): UserGroupStep[] {
  if ("add" in step) return cutMembers(step.add).map((add) => ({ add }));
  if ("remove" in step) return cutMembers(step.remove).map((remove) => ({ remove }));
  return [step];
}

const cutMemberships = (lists: Memberships): Memberships[] =>
  cutLists(lists, ["group", "product", "productConfiguration"]);
const cutMembers = (lists: Members): Members[] => cutLists(lists, ["user", "productConfiguration"]);

function cutLists<Key extends string>(
  lists: Readonly<Partial<Record<Key, readonly string[]>>>,
  keys: readonly Key[],
): Partial<Record<Key, string[]>>[] {
  const entries = keys.flatMap((key) => (lists[key] ?? []).map((name) => ({ key, name })));
  return chunks(entries, maxMembershipsPerStep).map((chunk) => {
    const cut: Partial<Record<Key, string[]>> = {};
    for (const { key, name } of chunk) cut[key] = [...(cut[key] ?? []), name];
    return cut;
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
