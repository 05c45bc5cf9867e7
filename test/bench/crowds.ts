import { create } from "../simulation/observations.ts";

/** Adobe's word for a command that it is too busy for, until it is taken back. */
export const tooBusy = {
  on: "action",
  times: 1_000_000,
  errorCode: "error.throttled_by_external_service",
  message: "later",
};

/** A command that creates the user as a member of the group Sales. */
export function joiner(user: string) {
  return { user, do: [...create(user).do, { add: { group: ["Sales"] } }] };
}
