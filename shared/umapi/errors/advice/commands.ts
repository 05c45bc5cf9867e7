import type { AdobeCode } from "../code-rules.ts";
import type { Advice } from "./advice.ts";

/** A rule that is checked before anything is queued, so that Adobe refuses it only if its own rule has changed. */
function checkedBefore(explanation: string): Advice {
  return {
    explanation,
    remedy:
      "Operations are checked for this before they are queued, so Adobe's rule must have changed: compare the step with Adobe's documentation, and tell the people who run this service.",
  };
}

const membershipList = checkedBefore("An add or remove has no list of names where Adobe expects one.");
const namedTwice = checkedBefore("A list has a name twice, or a step has a list twice.");
const unknownStep = checkedBefore("The command has a step that Adobe does not know.");
const wrongType = checkedBefore("A field has a value of the wrong type.");
const createPlace = checkedBefore("A command has at most one create, as its first step.");
const rootMissing = checkedBefore("The command has neither user nor usergroup where Adobe expects one of them.");
const malformed = checkedBefore("Adobe cannot read the command.");
const unknownKey = checkedBefore("A step has a field that Adobe does not know.");

export const adviceOnCommands = {
  "error.command.add_remove.list": membershipList,
  "error.command.add_remove.missing_list": membershipList,
  "error.command.add_remove.list_not_array": membershipList,
  "error.command.add_remove.duplicate.user_list": namedTwice,
  "error.command.add_remove.duplicate.product_list": namedTwice,
  "error.command.add_remove.duplicate.group_list": namedTwice,
  "error.command.add_remove.duplicate.usergroup_list": namedTwice,
  "error.command.add_remove.duplicate.productadmin_list": namedTwice,
  "error.command.add_remove.invalid.usergroup_list": {
    explanation: "Adobe finds none of the user groups in the list.",
    remedy: "Compare the names with the Admin Console. If a group is missing, create it, then retry.",
    retryMayHelp: true,
  },
  "error.command.product.not_found": {
    explanation: "There is no product or profile with this name.",
    remedy: "Compare the name with the Admin Console, and submit the operation again with the profile in group.",
  },
  "error.command.add_remove.list_too_long": {
    explanation: "Adobe takes fewer steps or names at once than were sent, even one step at a time.",
    remedy: "Submit the operation again with the names of the failed step in several steps.",
  },
  "error.command.add_remove.group_or_product_name_too_long": checkedBefore(
    "The name of a group or profile is too long.",
  ),
  "error.command.string.too_long": checkedBefore("A user, domain or requestID has more than 250 characters."),
  "error.command.boolean_expected": wrongType,
  "error.command.string_expected": wrongType,
  "error.command.create.object_expected": wrongType,
  "error.command.create.string_expected": wrongType,
  "error.command.domain.string_expected": wrongType,
  "error.command.create.more_than_one": createPlace,
  "error.command.create.not_first": createPlace,
  "error.command.create.key.unknown": unknownKey,
  "error.command.add_remove.key.unknown": unknownKey,
  "error.command.update.option.no": checkedBefore("Only a create has an option."),
  "error.command.domain.missing": checkedBefore("A username that is not an email needs its domain."),
  "error.command.domain.must_be_used_with_nonemail_username": checkedBefore(
    "Only a username that is not an email may have a domain.",
  ),
  "error.command.removefromorg.not_last": checkedBefore("Nothing may follow removeFromOrg."),
  "error.command.object_not_empty": checkedBefore("A step that takes no fields has one."),
  "error.command.illegal_entry": unknownStep,
  "error.command.step.unknown": unknownStep,
  "error.command.malformed": malformed,
  "error.command.steps.malformed": malformed,
  "error.command.user.missing": rootMissing,
  "error.command.user_usergroup.missing": rootMissing,
  "error.command.add_remove.user_usergroup.missing": rootMissing,
} satisfies Partial<Record<AdobeCode, Advice>>;
