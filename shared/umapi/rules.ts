/**
 * The rules between the parts of one command. Each is checked on its own, so that one mistake does not hide another.
 * Source: UMAPI docs.
 */

import { isEmail } from "./address.ts";
import { type Fault, pointerTo } from "./fault.ts";
import { isSameName } from "./folded-name.ts";
import { factsOfUnchecked, stepFacts } from "./steps/facts.ts";
import { stepsIn, valueAt } from "./unchecked.ts";

const createsByUsername = [...stepFacts.user].flatMap(([name, { kind, needsEmail }]) =>
  kind === "create" && !needsEmail ? [name] : [],
);

/**
 * Says which rules between its parts a command breaks. The parts themselves may be anything.
 *
 * @param at the pointer to the command
 */
export function brokenRules(command: unknown, at: string): Fault[] {
  return [domainRule, stepOrderRule, usernameRule, letterCaseRule, newGroupRule].flatMap((rule) =>
    rule(command).map(({ path, detail }) => ({ pointer: pointerTo(at, path), detail })),
  );
}

interface Broken {
  readonly path: readonly PropertyKey[];
  readonly detail: string;
}

/** `error.command.domain.missing` and `error.command.domain.must_be_used_with_nonemail_username`. */
function domainRule(command: unknown): Broken[] {
  const user = valueAt(command, "user");
  const domain = valueAt(command, "domain");
  if (typeof user !== "string") return [];
  if (isEmail(user) && domain !== undefined)
    return [{ path: ["domain"], detail: "a domain beside a user that is an email; leave domain out" }];
  if (!isEmail(user) && domain === undefined)
    return [
      { path: ["domain"], detail: "nothing, beside a user that is not an email; expected the domain of the username" },
    ];
  return [];
}

/** `error.command.create.{more_than_one,not_first}` and `error.command.removefromorg.not_last`; the same for groups. */
function stepOrderRule(command: unknown): Broken[] {
  const steps = stepsIn(command);
  const all = valueAt(command, "do");
  const last = Array.isArray(all) ? all.length - 1 : 0;
  const created = steps.some(({ index, name }) => index === 0 && factsOfUnchecked(command, name)?.kind === "create");
  return steps.flatMap(({ index, name }) => {
    const path = ["do", index, name];
    const place = factsOfUnchecked(command, name)?.place;
    if (place === "first" && index > 0)
      return [
        {
          path,
          detail: created
            ? `${name} after another create; expected one create in a command, as its first step`
            : `${name} after other steps; expected it as the first step of the command`,
        },
      ];
    if (place === "last" && index < last)
      return [{ path, detail: `${name} before other steps; expected it as the last step of the command, once` }];
    return [];
  });
}

/** `error.user.must_match_email`: only the create of a Federated ID takes a username that is not an email. */
function usernameRule(command: unknown): Broken[] {
  const user = valueAt(command, "user");
  if (typeof user !== "string" || isEmail(user)) return [];
  return stepsIn(command).flatMap(({ index, name }) => {
    const facts = stepFacts.user.get(name);
    if (facts?.needsEmail !== true) return [];
    const other = facts.kind === "create" ? `${createsByUsername.join(" or ")}, or ` : "";
    return [{ path: ["do", index, name], detail: `${name} for a username; expected ${other}an email in user` }];
  });
}

/** "You cannot use the `update` request to change the letter case of the email address." */
function letterCaseRule(command: unknown): Broken[] {
  const user = valueAt(command, "user");
  let email = typeof user === "string" && isEmail(user) ? user : undefined;
  const broken: Broken[] = [];
  for (const { index, name, step } of stepsIn(command))
    for (const { path, mark } of factsOfUnchecked(command, name)?.names ?? []) {
      const given = valueAt(step, ...path);
      if (typeof given !== "string") continue;
      if (mark === "own email") email ??= given;
      if (mark !== "new email") continue;
      if (email !== undefined && given !== email && isSameName(given, email))
        broken.push({
          path: ["do", index, name, ...path],
          detail: "the user's own email in other letter case, which Adobe never changes; leave email out",
        });
      email = given;
    }
  return broken;
}

/** "Group names do not start with _": such names are Adobe's own. */
function newGroupRule(command: unknown): Broken[] {
  const name = valueAt(command, "usergroup");
  return typeof name === "string" &&
    name.startsWith("_") &&
    stepsIn(command).some((step) => stepFacts.usergroup.get(step.name)?.kind === "create")
    ? [{ path: ["usergroup"], detail: "a name that starts with _; expected another first character for a new group" }]
    : [];
}
