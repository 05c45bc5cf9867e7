/** The two roots of a command. Source: UMAPI docs, "Command entries". */
import * as z from "zod/mini";
import { domain, fields, flag, groupName, requestID, user } from "./fields.ts";
import { userGroupSteps, userSteps } from "./steps.ts";

const optional = z.exactOptional;

export const userCommand = fields("a command, an object with user and do", {
  user,
  domain: optional(domain),
  useAdobeID: optional(flag),
  requestID: optional(requestID),
  do: userSteps,
});

export const userGroupCommand = fields(
  "a command, an object with usergroup and do",
  { usergroup: groupName, requestID: optional(requestID), do: userGroupSteps },
  "domain and useAdobeID are for users",
);
