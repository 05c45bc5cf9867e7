import type { AdobeCode } from "../code-rules.ts";
import { type Advice, handInCorrected, retryLater } from "./advice.ts";

const readOnly: Advice = {
  explanation: "The user group is read-only: it is managed by something else, such as a directory sync.",
  remedy: "Make the change where the group comes from.",
};

const administrators: Advice = {
  explanation: "Adobe could not change the administrators of the product or profile.",
  remedy: "Check in the Admin Console whether the change is there already; if not, check the user there and retry.",
  retryMayHelp: true,
};

const developers: Advice = {
  explanation: "Adobe could not change the profile's developers, at several attempts.",
  remedy: `Check that the profile allows developers. ${retryLater}`,
  retryMayHelp: true,
};

export const adviceOnGroups = {
  "error.usergroup.already_exists": {
    explanation: "A user group with this name exists already.",
    remedy:
      "Submit the operation again with an option of createUserGroup (ignoreIfAlreadyExists or updateIfAlreadyExists), or with another name.",
  },
  "error.usergroup.not_found": {
    explanation: "There is no user group with this name; a product profile is not a user group.",
    remedy: "Compare the name with the Admin Console. If the group is missing, create it, then retry.",
    retryMayHelp: true,
  },
  "error.usergroup.user_list.invalid": {
    explanation:
      "The list changed nothing: the users to add are members already, or the users to remove are not members.",
    remedy: "If the members are right, do nothing; otherwise check the names in the list.",
  },
  "error.usergroup.update.failed": {
    explanation: "Adobe could not change the user group, at several attempts.",
    remedy: retryLater,
    retryMayHelp: true,
  },
  "error.usergroup.command.missing.arguments": {
    explanation: "Adobe finds none of the users or profiles that the step adds or removes.",
    remedy:
      "Check that they exist in your organisation. If one is missing, create it, then retry; otherwise submit the operation again, corrected.",
    retryMayHelp: true,
  },
  "error.usergroup.exceeds_maximum_member_count": {
    explanation: "The user group has more members than Adobe allows.",
    remedy: "Spread the people over several groups, or ask Adobe's support for a larger one, then retry.",
    retryMayHelp: true,
  },
  "error.usergroup.readonly.update_not_allowed": readOnly,
  "error.usergroup.readonly.add_user_not_allowed": readOnly,
  "error.usergroup.readonly.remove_user_not_allowed": readOnly,
  "error.usergroup.readonly.remove_not_allowed": readOnly,
  "error.group.not_found": {
    explanation: "There is no user group or product profile with one of these names.",
    remedy:
      "The whole list was refused: compare every name with the Admin Console, letter by letter. If one is missing, create it, then retry.",
    retryMayHelp: true,
  },
  "error.group.invalid_list": {
    explanation: "The list of groups is empty or has an empty entry.",
    remedy: handInCorrected,
  },
  "error.group.invalid_name": {
    explanation: "Adobe does not take the name of the group.",
    remedy: handInCorrected,
  },
  "error.group.remove_failed": {
    explanation: "Adobe could not remove the membership, at several attempts.",
    remedy: retryLater,
    retryMayHelp: true,
  },
  "plc.not_found": {
    explanation: "There is no product profile with this name.",
    remedy: "Compare the name with the Admin Console. If the profile is missing, create it there, then retry.",
    retryMayHelp: true,
  },
  "plc.admin.group.not_found": {
    explanation: "The product profile has no group of administrators with this name.",
    remedy: "Submit the operation again with _admin_ before the profile's name, exactly as the Admin Console shows it.",
  },
  "plc.admin.already_added": {
    explanation: "The user administers the profile already.",
    remedy: "If the operation had no other step, do nothing; otherwise submit the rest without this step.",
  },
  "plc.add.admin.error": administrators,
  "plc.remove.admin.error": administrators,
  "error.productadmin.add.user.failed": administrators,
  "error.productadmin.remove.admin.failed": administrators,
  "error.developer.add_user.failed": developers,
  "error.developer.remove_user.failed": developers,
} satisfies Partial<Record<AdobeCode, Advice>>;
