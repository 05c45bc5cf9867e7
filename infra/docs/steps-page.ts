import * as z from "zod/mini";
import { type NameInStep, type StepFacts, stepFacts } from "../../shared/umapi/steps/facts.ts";
import type { Marked } from "../../shared/umapi/steps/marks.ts";
import type { StepPlace } from "../../shared/umapi/steps/step-rules.ts";
import { userSteps } from "../../shared/umapi/steps/user.ts";
import { userGroupSteps } from "../../shared/umapi/steps/usergroup.ts";
import { section } from "./table.ts";

const head = `# Steps

<!-- Made by \`npm run docs\` from shared/umapi/steps; edit that. -->

The steps that the \`do\` of a command may have, and what this service knows of each. Adobe's own lists:
[Action commands](https://adobe-apiplatform.github.io/umapi-documentation/en/api/ActionsCmds.html),
[User group action commands](https://adobe-apiplatform.github.io/umapi-documentation/en/api/usergroupActionCommands.html).

* **takes**: the fields of the step; those with ? are optional. Lists may have any length: they are sent ten names at a time.
* **place**: where in \`do\` the step may stand.
* **names**: the fields that hold names. A step that changes a named user or group keeps its order with all other work on
  it. Steps that only need the same group may go in any order.
* **removes people**: whether it removes people from the organisation or from all their groups, or deletes their group.
* **destroys**: what it destroys for good; refused unless the stack allows it.
`;

/** `docs/steps.md`: every step, and what the catalogue says about it. */
export function stepsPage(): string {
  return [
    head,
    stepsSection("On a user (`user`)", userSteps, stepFacts.user),
    stepsSection("On a user group (`usergroup`)", userGroupSteps, stepFacts.usergroup),
  ].join("\n");
}

function stepsSection(
  title: string,
  catalogue: Readonly<Record<string, { readonly takes: z.core.$ZodType }>>,
  facts: ReadonlyMap<string, StepFacts>,
): string {
  const rows = [...facts].map(([name, { place, names, removesPeople, destroys }]) => {
    const takes = catalogue[name]?.takes;
    return [
      `\`${name}\``,
      takes === undefined ? "" : formOf(takes),
      places[place],
      [...Map.groupBy(names, ({ mark }) => namesIn[mark])]
        .map(([whose, marks]) => `${marks.map(fieldOf).join(", ")}: ${whose}`)
        .join("<br>"),
      removalOf(removesPeople),
      destroys.map((flag) => `the account, with ${fieldOf(flag)}`).join("<br>"),
    ];
  });
  return section(title, ["step", "takes", "place", "names", "removes people", "destroys"], rows);
}

const places: Readonly<Record<StepPlace, string>> = { first: "first", last: "last", any: "" };

const namesIn: Readonly<Record<NameInStep, string>> = {
  "own email": "the user's own",
  "new email": "the user's new name",
  "new username": "the user's new name",
  "user written": "users who are changed",
  "own name": "the group's own",
  "new name": "the group's new name",
  "group read": "groups that must be there",
};

const fieldOf = ({ path }: Marked<unknown>) => `\`${path.join(".")}\``;

function removalOf(removesPeople: StepFacts["removesPeople"]): string {
  if (typeof removesPeople === "string") return `as \`"${removesPeople}"\``;
  return removesPeople ? "yes" : "";
}

/** The fields of an object, or the word that may replace them. */
function formOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.core.$ZodUnion) return schema._zod.def.options.map(formOf).join("<br>or ");
  if (schema instanceof z.core.$ZodLiteral) return schema._zod.def.values.map((value) => `\`"${value}"\``).join(" or ");
  if (!(schema instanceof z.core.$ZodObject)) return "";
  const fields = Object.entries(schema._zod.def.shape).map(
    ([name, field]) => `\`${name}${field instanceof z.core.$ZodOptional ? "?" : ""}\``,
  );
  return fields.length === 0 ? "nothing" : fields.join(", ");
}
