/**
 * The form of commands in messages and rows. A rule for submitting can be tightened at any time; commands that were
 * accepted under an older rule are still read, sent and shown.
 */
import * as z from "zod/mini";
import { userDo, userGroupDo } from "./steps/do.ts";
import { optional, optionalText, text } from "./steps/form.ts";

export const userCommandForm = z.object({
  /** An email, or a username together with `domain`. */
  user: text,
  /** Present exactly when `user` is a username. */
  domain: optionalText,
  /** The user is the Adobe ID with this email, even if an Enterprise or Federated ID has the same email. */
  useAdobeID: optional(z.boolean()),
  /** The caller's own mark; Adobe repeats it in errors and warnings. */
  requestID: optionalText,
  do: userDo,
});

export const userGroupCommandForm = z.object({
  /** The name of the group. */
  usergroup: text,
  /** The caller's own mark; Adobe repeats it in errors and warnings. */
  requestID: optionalText,
  do: userGroupDo,
});

export const commandForm = z.union([userCommandForm, userGroupCommandForm]);
