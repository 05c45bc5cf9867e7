/** The two roots of a command, by UMAPI's rules. Source: UMAPI docs, "Command entries". */
import * as z from "zod/mini";
import type { Within } from "../schema/read.ts";
import type { userCommandForm, userGroupCommandForm } from "./command-form.ts";
import { domain, fields, flag, groupName, requestID, user } from "./fields.ts";
import { lawfulUserDo, lawfulUserGroupDo } from "./steps/do.ts";

const optional = z.exactOptional;

export const userCommand = fields("a command, an object with user and do", {
  user,
  domain: optional(domain),
  useAdobeID: optional(flag),
  requestID: optional(requestID),
  do: lawfulUserDo,
});

export const userGroupCommand = fields(
  "a command, an object with usergroup and do",
  { usergroup: groupName, requestID: optional(requestID), do: lawfulUserGroupDo },
  "domain and useAdobeID are for users",
);

userCommand satisfies Within<typeof userCommandForm, typeof userCommand>;
userGroupCommand satisfies Within<typeof userGroupCommandForm, typeof userGroupCommand>;
