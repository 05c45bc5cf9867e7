/**
 * Commands by their form alone, as messages and rows hold them. A rule for what may be submitted can be tightened at any
 * time; what was accepted under an older rule is still read, sent and shown.
 */
import * as z from "zod/mini";
import { userDo, userGroupDo } from "./steps/do.ts";
import { optional, optionalText, text } from "./steps/form.ts";

export const userCommandForm = z.object({
  /** An email, or a username together with `domain`. */
  user: text,
  /** Present exactly when `user` is a username. */
  domain: optionalText,
  /** The user is the Adobe ID of this email, even where an Enterprise or Federated ID has the same one. */
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
