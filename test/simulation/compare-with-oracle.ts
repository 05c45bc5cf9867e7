import * as z from "zod/mini";
import type { Operation } from "../../shared/operation.ts";
import type { SeenOperation } from "./observations.ts";
import { type Fate, Oracle } from "./oracle.ts";
import type { Ended } from "./promises.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

const usersSchema = z.array(
  z.object({
    email: z.string(),
    firstname: z.optional(z.string()),
    lastname: z.optional(z.string()),
    country: z.optional(z.string()),
    type: z.string(),
    groups: z._default(z.array(z.string()), []),
  }),
);
const groupsSchema = z.array(z.object({ groupName: z.string(), type: z.string() }));

/** Holds what became of every operation, and of the organisation, against what should have. */
export async function compareWithOracle(
  world: SimulatedWorld,
  seen: ReadonlyMap<string, SeenOperation>,
  { refusedFor, credentials }: Ended,
): Promise<string[]> {
  const oracle = new Oracle(credentials);
  const violations: string[] = [];
  // What an operation of uncertain fate has touched is unknown, and so is whatever depends on that.
  const unknowable = new Set<string>();
  for (const { id, command, testOnly } of inOrderOfAcceptance([...world.observer.queued.values()])) {
    const real = seen.get(id);
    if (testOnly || real === undefined) continue;
    const names = namesIn(command);
    const { error } = real;
    const isRefused = error?.code === "error.user.type_unknown" && "user" in command && refusedFor.has(command.user);
    const isUnknown = error?.certain === false || (isRefused && error?.step === undefined);
    if (isUnknown || names.some((name) => unknowable.has(name))) {
      for (const name of names) unknowable.add(name);
      continue;
    }
    const repeated = world.observer.uncertain.has(id);
    const upTo = isRefused ? { upTo: error?.step ?? 0 } : {};
    const fate = await oracle.apply(command, { repeated, ...upTo });
    if (!isRefused && !agree(real, fate) && !(repeated && converged(real, fate)))
      violations.push(`${id} ${JSON.stringify(command)} ended ${told(real)}, and should have ended ${told(fate)}`);
  }
  violations.push(
    ...differences(
      "users",
      await usersOf(world.sandbox("users"), unknowable),
      await usersOf(oracle.show("users"), unknowable),
      unknowable,
    ),
  );
  violations.push(
    ...differences(
      "groups",
      await groupsOf(world.sandbox("groups")),
      await groupsOf(oracle.show("groups")),
      unknowable,
    ),
  );
  return violations;
}

/** Calls in the order in which they were accepted, each call's operations as its caller gave them. */
function inOrderOfAcceptance(operations: readonly Operation[]): Operation[] {
  const calls = Map.groupBy(operations, ({ id }) => id.slice(0, id.lastIndexOf("-")));
  return [...calls.values()].flatMap((call) => call.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
}

/** Every name of a user or group that a command mentions, but for the groups that all share. */
function namesIn(command: Operation["command"]): string[] {
  const strings = JSON.stringify(command).match(/"[^"]*(@example\.com| group \d+)"/g) ?? [];
  return strings.map((text) =>
    text
      .slice(1, -1)
      .replace(/^(Given|Family)-(\d+-)?/, "")
      .toLowerCase(),
  );
}

function agree(real: SeenOperation, fate: Fate): boolean {
  if (fate.kind === "succeeded") return real.status === "succeeded";
  return real.status === "failed" && real.error?.code === fate.code && real.error.step === fate.step;
}

/** What a repeat finds as it should be, Adobe tells by an error that the first send would have failed by. */
function converged(real: SeenOperation, fate: Fate): boolean {
  const codes = ["error.user.nonexistent", "error.usergroup.not_found", "error.usergroup.user_list.invalid"];
  return real.status === "succeeded" && fate.kind === "failed" && codes.includes(fate.code);
}

function told(end: SeenOperation | Fate): string {
  if ("kind" in end) return end.kind === "failed" ? `failed ${end.code} at ${end.step}` : end.kind;
  return end.error === undefined ? end.status : `${end.status} ${end.error.code} at ${end.error.step}`;
}

/** Leaves out memberships in groups of which nothing can be known. */
async function usersOf(shown: Promise<unknown>, unknowable: ReadonlySet<string>): Promise<Map<string, string>> {
  const users = usersSchema.parse(await shown);
  return new Map(
    users.map((user): [string, string] => [
      user.email.toLowerCase(),
      JSON.stringify({
        ...user,
        groups: user.groups.filter((group) => !unknowable.has(group.toLowerCase())).toSorted(),
      }),
    ]),
  );
}

async function groupsOf(shown: Promise<unknown>): Promise<Map<string, string>> {
  const groups = groupsSchema.parse(await shown);
  const userGroups = groups.filter(({ type }) => type === "USER_GROUP");
  return new Map(userGroups.map(({ groupName }): [string, string] => [groupName.toLowerCase(), "present"]));
}

function differences(
  what: string,
  real: ReadonlyMap<string, string>,
  ideal: ReadonlyMap<string, string>,
  unknowable: ReadonlySet<string>,
): string[] {
  const names = new Set([...real.keys(), ...ideal.keys()]);
  return [...names]
    .filter((name) => !unknowable.has(name) && real.get(name) !== ideal.get(name))
    .map((name) => `${what}: ${name} is ${real.get(name) ?? "absent"}, and should be ${ideal.get(name) ?? "absent"}`);
}
