import fc from "fast-check";
import type {
  Command,
  CreateOption,
  Members,
  Memberships,
  UserCommand,
  UserGroupCommand,
  UserGroupStep,
  UserStep,
} from "../../shared/umapi/command.ts";

export interface CommandPools {
  /** Emails, or usernames without @, that commands share, so that they conflict. Differ by more than letter case. */
  readonly users?: readonly string[];
  /** Names of user groups that commands share. */
  readonly groups?: readonly string[];
  /** The most steps of one command, at least 1. @default 4 */
  readonly maxSteps?: number;
}

type Pools = Required<CommandPools>;

const defaults: Pools = {
  users: ["ada@example.com", "ben@example.com", "cleo@example.com", "dora"],
  groups: ["Design", "Print"],
  maxSteps: 4,
};

const profile = fc.constantFrom("Photoshop - 2Gb", "Illustrator");
const personName = fc.constantFrom("Ada", "Ben", "Zoë", "李", "O'Neil 🎈");
const option = fc.constantFrom<CreateOption>("ignoreIfAlreadyExists", "updateIfAlreadyExists");
const noneRequired: { requiredKeys: [] } = { requiredKeys: [] };

/** Lawful commands on users and user groups, of every step, on few names, so that several of them conflict. */
export function arbitraryCommand(pools: CommandPools = {}): fc.Arbitrary<Command> {
  const all = { ...defaults, ...pools };
  return fc.oneof({ weight: 3, arbitrary: userCommand(all) }, { weight: 1, arbitrary: userGroupCommand(all) });
}

function userCommand(pools: Pools): fc.Arbitrary<UserCommand> {
  return fc.constantFrom(...pools.users).chain((user) => {
    const named = user.includes("@") ? { user } : { user, domain: "example.com" };
    return fc
      .record(
        { useAdobeID: fc.boolean(), requestID: fc.string({ maxLength: 20, unit: "grapheme-ascii" }) },
        noneRequired,
      )
      .chain((marks) => userSteps(user, pools).map((steps) => ({ ...named, ...marks, do: steps })));
  });
}

function userSteps(user: string, pools: Pools): fc.Arbitrary<UserStep[]> {
  return stepsInOrder<UserStep>(create(user), userStep(pools), removeFromOrg, pools.maxSteps);
}

function create(user: string): fc.Arbitrary<UserStep> {
  const email = fc.constant(user.includes("@") ? user : `${user}@example.com`);
  const fields = { email, firstname: personName, lastname: personName, country: fc.constantFrom("US", "DE"), option };
  const createFederatedID = fc.record(fields, { requiredKeys: ["email", "firstname", "lastname", "country"] });
  if (!user.includes("@")) return fc.record({ createFederatedID });
  return fc.oneof(
    fc.record({ addAdobeID: fc.record(fields, { requiredKeys: ["email"] }) }),
    fc.record({ createEnterpriseID: fc.record(fields, { requiredKeys: ["email", "firstname", "lastname"] }) }),
    fc.record({ createFederatedID }),
  );
}

function userStep(pools: Pools): fc.Arbitrary<UserStep> {
  const update = nonEmpty(
    fc.record(
      {
        email: fc.constantFrom(...pools.users.filter((name) => name.includes("@")), "renamed@example.com"),
        username: fc.constantFrom("renamed", ...pools.users),
        firstname: personName,
        lastname: personName,
      },
      noneRequired,
    ),
  );
  const memberships = membershipsIn(pools);
  return fc.oneof(
    fc.record({ update }),
    fc.record({ add: memberships }),
    fc.record({ remove: fc.oneof(memberships, fc.constant("all" as const)) }),
  );
}

const removeFromOrg: fc.Arbitrary<UserStep> = fc.record({
  removeFromOrg: fc.record({ deleteAccount: fc.constant(false) }, noneRequired),
});

function membershipsIn({ groups }: Pools): fc.Arbitrary<Memberships> {
  const admins = groups.map((name) => `_admin_${name}`);
  const group = fc.oneof(fc.constantFrom(...groups, ...admins, "_support_admin"), profile);
  return nonEmpty(
    fc.record({ group: names(group), product: names(profile), productConfiguration: names(profile) }, noneRequired),
  );
}

function userGroupCommand(pools: Pools): fc.Arbitrary<UserGroupCommand> {
  const requestID = fc.string({ maxLength: 20, unit: "grapheme-ascii" });
  return fc.record(
    { usergroup: fc.constantFrom(...pools.groups), requestID, do: userGroupSteps(pools) },
    { requiredKeys: ["usergroup", "do"] },
  );
}

function userGroupSteps(pools: Pools): fc.Arbitrary<UserGroupStep[]> {
  const name = fc.constantFrom(...pools.groups);
  const description = fc.constantFrom("", "All who draw", "Two\nlines");
  const members: fc.Arbitrary<Members> = nonEmpty(
    fc.record({ user: names(fc.constantFrom(...pools.users)), productConfiguration: names(profile) }, noneRequired),
  );
  const step = fc.oneof<fc.Arbitrary<UserGroupStep>[]>(
    fc.record({ updateUserGroup: nonEmpty(fc.record({ name, description }, noneRequired)) }),
    fc.record({ add: members }),
    fc.record({ remove: members }),
  );
  const createUserGroup = fc.record({ createUserGroup: fc.record({ name, description, option }, noneRequired) });
  return stepsInOrder<UserGroupStep>(createUserGroup, step, fc.constant({ deleteUserGroup: {} }), pools.maxSteps);
}

/** One create at most, first; any steps; one end at most, last; at least one step and at most `maxSteps` in all. */
function stepsInOrder<Step>(
  first: fc.Arbitrary<Step>,
  middle: fc.Arbitrary<Step>,
  last: fc.Arbitrary<Step>,
  maxSteps: number,
): fc.Arbitrary<Step[]> {
  return fc
    .tuple(
      fc.option(first, { nil: undefined }),
      fc.array(middle, { maxLength: maxSteps }),
      fc.option(last, { nil: undefined, freq: 3 }),
    )
    .map(([start, steps, end]) => {
      const outer = [start, end].filter((step) => step !== undefined).length;
      const inner = steps.slice(0, Math.max(0, maxSteps - outer));
      return [start, ...inner, end].filter((step) => step !== undefined).slice(0, maxSteps);
    })
    .filter((steps) => steps.length > 0);
}

const names = (name: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(name, { minLength: 1, maxLength: 3, selector: (value) => value.toLowerCase() });

function nonEmpty<T extends object>(fields: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fields.filter((value) => Object.keys(value).length > 0);
}
