/**
 * Commands as messages and rows hold them, read by their shape alone. A rule for what may be submitted can be tightened
 * at any time; what was accepted under an older rule is still read, sent and shown.
 */
import * as z from "zod/mini";
import type { Command } from "../umapi/command.ts";

const optional = z.exactOptional;
const text = z.string();
const names = z.array(text).check(z.minLength(1));
const option = z.enum(["ignoreIfAlreadyExists", "updateIfAlreadyExists"]);
const personFields = { country: optional(text), firstname: optional(text), lastname: optional(text) };

// An add or a remove without names would be sent as nothing, and never end.
const memberships = z
  .looseObject({ group: optional(names), product: optional(names), productConfiguration: optional(names) })
  .check(z.refine((lists) => (lists.group ?? lists.product ?? lists.productConfiguration) !== undefined));
const members = z
  .looseObject({ user: optional(names), productConfiguration: optional(names) })
  .check(z.refine((lists) => (lists.user ?? lists.productConfiguration) !== undefined));

const userStep = z.union([
  z.strictObject({ addAdobeID: z.looseObject({ email: text, ...personFields, option: optional(option) }) }),
  z.strictObject({
    createEnterpriseID: z.looseObject({
      ...personFields,
      email: text,
      firstname: text,
      lastname: text,
      option: optional(option),
    }),
  }),
  z.strictObject({
    createFederatedID: z.looseObject({
      email: text,
      firstname: text,
      lastname: text,
      country: text,
      option: optional(option),
    }),
  }),
  z.strictObject({
    update: z.looseObject({
      email: optional(text),
      username: optional(text),
      firstname: optional(text),
      lastname: optional(text),
    }),
  }),
  z.strictObject({ add: memberships }),
  z.strictObject({ remove: z.union([z.literal("all"), memberships]) }),
  z.strictObject({ removeFromOrg: z.looseObject({ deleteAccount: optional(z.boolean()) }) }),
]);

const userGroupStep = z.union([
  z.strictObject({
    createUserGroup: z.looseObject({
      name: optional(text),
      description: optional(text),
      option: optional(option),
    }),
  }),
  z.strictObject({ updateUserGroup: z.looseObject({ name: optional(text), description: optional(text) }) }),
  z.strictObject({ deleteUserGroup: z.object({}) }),
  z.strictObject({ add: members }),
  z.strictObject({ remove: members }),
]);

export const storedCommandSchema: z.ZodMiniType<Command> = z.union([
  z.object({
    user: text,
    domain: optional(text),
    useAdobeID: optional(z.boolean()),
    requestID: optional(text),
    do: z.array(userStep).check(z.minLength(1)),
  }),
  z.object({
    usergroup: text,
    requestID: optional(text),
    do: z.array(userGroupStep).check(z.minLength(1)),
  }),
]);
