import type { Read } from "../schema/read.ts";
import type { userCommandForm, userGroupCommandForm } from "./command-form.ts";
import type { option } from "./fields.ts";
import type { StepOf } from "./steps/step-rules.ts";
import type { UserStepValues } from "./steps/user.ts";
import type { UserGroupStepValues } from "./steps/usergroup.ts";

/**
 * The commands of a UMAPI action request as this project handles them: what callers submit, what the queue carries and,
 * cut to Adobe's sizes, what Adobe receives.
 *
 * What callers submit has passed `checkCommand` (check-command.ts), with one difference from what Adobe takes in one
 * request: `do` and the lists in it may have any length. What is stored may have passed older rules. The types are those
 * of the schemas that read it (command-form.ts), so that neither can have a field that the other lacks.
 */
export type Command = UserCommand | UserGroupCommand;

/** Work on one user. */
export type UserCommand = Read<typeof userCommandForm>;

/** Work on one user group. */
export type UserGroupCommand = Read<typeof userGroupCommandForm>;

/** One step on a user: an object with exactly one key. */
export type UserStep = StepOf<UserStepValues>;

/** One step on a user group: an object with exactly one key. */
export type UserGroupStep = StepOf<UserGroupStepValues>;

/** What to do where the thing to create exists. Without it that is an error; with it the command's other steps run. */
export type CreateOption = Read<typeof option>;

export type CreateEnterpriseID = UserStepValues["createEnterpriseID"];
