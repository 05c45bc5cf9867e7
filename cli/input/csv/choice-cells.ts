import { didYouMean, likest } from "../did-you-mean.ts";
import { type Action, actions, type IdentityType, type IfExists, identityTypes, ifExistsChoices } from "../input.ts";
import { listed, quoted } from "../quoted.ts";
import { compact } from "./fields.ts";

/** A cell that holds one of a few words. */
export interface Choice<Word extends string> {
  /** @returns undefined if the cell holds none of them */
  read(cell: string): Word | undefined;
  /** What is wrong with a cell that holds none of them. */
  fault(cell: string): string;
}

/** The action on a user. Other words for an action are not accepted: the message asks whether they mean it. */
export const actionCell = choice<Action>("an action", actions, [
  ["create", ["add", "new", "hire", "hired", "join", "joiner", "onboard"]],
  ["update", ["change", "modify", "edit", "move", "mover", "transfer"]],
  ["remove", ["delete", "terminate", "terminated", "termination", "leave", "leaver", "offboard", "deactivate"]],
]);

export const typeCell = choice<IdentityType>("a kind of account", identityTypes, [], {
  federated: "federatedID",
  enterprise: "enterpriseID",
  adobe: "adobeID",
});

export const ifExistsCell = choice<IfExists>("a choice", ifExistsChoices);

function choice<Word extends string>(
  kind: string,
  words: readonly Word[],
  meant: readonly (readonly [Word, readonly string[]])[] = [],
  short: Readonly<Record<string, Word>> = {},
): Choice<Word> {
  const known = new Map([...Object.entries(short), ...words.map((word) => [compact(word), word] as const)]);
  return {
    read: (cell) => known.get(compact(cell)),
    fault: (cell) => {
      const expected = listed(words).replace(/ and (\S+)$/, " or $1");
      if (cell === "") return `nothing; expected ${expected}`;
      const near = meant.find(([, others]) => others.includes(compact(cell)))?.[0] ?? likest(cell, words);
      return `${quoted(cell)} is not ${kind}${didYouMean(near)}; expected ${expected}`;
    },
  };
}
