/** The two roots of a command. Source: UMAPI docs, "Command entries". */
import * as z from "zod/mini";
import { domain, fields, flag, groupName, requestID, user } from "./fields.ts";
import { userDo, userGroupDo } from "./steps/do.ts";

const optional = z.exactOptional;

export const userCommand = fields("a command, an object with user and do", {
  /** An email, or a username together with `domain`. */
  user,
  /** Present exactly when `user` is a username. */
  domain: optional(domain),
  /** The user is the Adobe ID of this email, even where an Enterprise or Federated ID has the same one. */
  useAdobeID: optional(flag),
  /** The caller's own mark; Adobe repeats it in errors and warnings. */
  requestID: optional(requestID),
  do: userDo,
});

export const userGroupCommand = fields(
  "a command, an object with usergroup and do",
  { usergroup: groupName, requestID: optional(requestID), do: userGroupDo },
  "domain and useAdobeID are for users",
);
