import type { UserCommand, UserGroupCommand, UserGroupStep, UserStep } from "../umapi/command.ts";
import { onUser, onUserGroup } from "../umapi/steps/by-value.ts";

/** A step of a size that Adobe takes, cut from the caller's own. */
export interface LawfulStep<Step> {
  readonly step: Step;
  /** The index of the caller's step in its `do`. */
  readonly source: number;
}

/** The command's steps with every list cut to Adobe's size. The same command always gives the same steps. */
export function lawfulUserSteps(command: UserCommand): LawfulStep<UserStep>[] {
  return command.do.flatMap((step, source) => onUser.cut(step).map((cut) => ({ step: cut, source })));
}

/** As `lawfulUserSteps`, for a user group. */
export function lawfulUserGroupSteps(command: UserGroupCommand): LawfulStep<UserGroupStep>[] {
  return command.do.flatMap((step, source) => onUserGroup.cut(step).map((cut) => ({ step: cut, source })));
}
