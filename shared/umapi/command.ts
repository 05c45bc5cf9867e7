import type { Read } from "../schema/read.ts";
import type { userCommandForm, userGroupCommandForm } from "./command-form.ts";
import type { option } from "./fields.ts";
import type { StepOf } from "./steps/step-rules.ts";
import type { UserStepValues } from "./steps/user.ts";
import type { UserGroupStepValues } from "./steps/usergroup.ts";

/**
 * The commands of a UMAPI action request. Callers submit them, the queue carries them, and Adobe receives them cut to
 * its sizes.
 *
 * A submitted command has passed `checkCommand` (check-command.ts). Unlike in Adobe's own requests, `do` and the lists
 * in it may have any length. A stored command may have passed older rules. The types come from the schemas that read it
 * (command-form.ts), so that both always have the same fields.
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

/**
 * What to do if the user or group to create exists already. Without an option that is an error; with one the other
 * steps of the command run.
 */
export type CreateOption = Read<typeof option>;

export type CreateEnterpriseID = UserStepValues["createEnterpriseID"];
