import { isDeepStrictEqual } from "node:util";
import type { Command, UserCommand, UserStep } from "../../../shared/umapi/command.ts";
import type { UserStepValues } from "../../../shared/umapi/steps/user.ts";
import { type Action, type IdentityType, ifExistsChoices } from "../input.ts";
import { actionCell, ifExistsCell, typeCell } from "./choice-cells.ts";
import { commandOf, creates, options } from "./command.ts";
import type { Field } from "./fields.ts";

/** The columns that a written file has for each command, in this order. */
export const writtenFields: readonly Field[] = [
  "action",
  "type",
  "email",
  "username",
  "domain",
  "firstname",
  "lastname",
  "country",
  "groups",
  "remove_groups",
  "email_new",
  "if_exists",
  "not_before",
];

type Cells = ReadonlyMap<Field, string>;
type Cell = readonly [field: Field, value: string | undefined];

/**
 * The cells of a line that reads back as this command, without its `requestID`.
 *
 * @param notBefore in ISO 8601; undefined for one that goes at once
 * @returns undefined if a line cannot express the command
 */
export function writtenLine(command: Command, notBefore?: string): readonly string[] | undefined {
  if (!("user" in command)) return undefined;
  const { requestID: _, ...meant } = command;
  const cells = cellsOf(meant);
  if (!isDeepStrictEqual(readAgain(cells), meant)) return undefined;
  return writtenFields.map((field) => (field === "not_before" ? notBefore : cells.get(field)) ?? "");
}

function readAgain(cells: Cells): unknown {
  const values = (field: Field) => (cells.get(field) ?? "").trim();
  return commandOf(values, {
    action: actionCell.read(values("action")) ?? "create",
    type: typeCell.read(values("type")) ?? "federatedID",
    ifExists: ifExistsCell.read(values("if_exists")) ?? "update",
    country: "",
    hasRemoveGroups: true,
  });
}

function cellsOf({ user, domain, useAdobeID, do: steps }: UserCommand): Cells {
  const cells: Cell[] = [
    ["action", actionOf(steps)],
    [domain === undefined ? "email" : "username", user],
    ["domain", domain],
    ["type", useAdobeID === true ? "adobeID" : undefined],
    ...steps.flatMap((step) => stepCells(step, user)),
  ];
  return new Map(cells.flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const])));
}

/** The action that could give these steps. */
function actionOf(steps: readonly UserStep[]): Action {
  const names = steps.flatMap((step) => Object.keys(step));
  if (names.some((name) => name === "removeFromOrg")) return "remove";
  if (names.some((name) => Object.values(creates).some((each) => each === name))) return "create";
  if (names.length > 1) return "update";
  return names[0] === "add" ? "add-groups" : names[0] === "remove" ? "remove-groups" : "update";
}

function stepCells(step: UserStep, user: string): Cell[] {
  if ("add" in step) return [["groups", step.add.group?.join(",")]];
  if ("remove" in step) return [["remove_groups", step.remove === "all" ? undefined : step.remove.group?.join(",")]];
  if ("removeFromOrg" in step) return [];
  if ("update" in step) {
    const { email, username, firstname, lastname } = step.update;
    return [
      ["email_new", email],
      ["username", username],
      ["firstname", firstname],
      ["lastname", lastname],
    ];
  }
  if ("createFederatedID" in step) return createCells("federatedID", step.createFederatedID, user);
  if ("createEnterpriseID" in step) return createCells("enterpriseID", step.createEnterpriseID, user);
  return createCells("adobeID", step.addAdobeID, user);
}

function createCells(type: IdentityType, details: UserStepValues["addAdobeID"], user: string): Cell[] {
  const { email, firstname, lastname, country, option = "" } = details;
  return [
    ["type", type],
    ["email", email],
    ["username", user === email ? undefined : user],
    ["firstname", firstname],
    ["lastname", lastname],
    ["country", country],
    ["if_exists", ifExistsChoices.find((choice) => options[choice] === option)],
  ];
}
