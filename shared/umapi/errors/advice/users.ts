import type { AdobeCode } from "../code-rules.ts";
import { type Advice, handInCorrected, retryLater } from "./advice.ts";

const notInOrganisation: Advice = {
  explanation: "Adobe finds no such user in your organisation, or your organisation does not own the account.",
  remedy:
    "Check the email, or the username and its domain. If another operation created the account moments ago, retry; if it is missing, create it first, then retry.",
  retryMayHelp: true,
};

const existsAlready: Advice = {
  explanation: "The user is in your organisation already, or has been invited to it.",
  remedy:
    "Submit the operation again, without the create or with an option in it (ignoreIfAlreadyExists or updateIfAlreadyExists).",
};

const typeUndetermined: Advice = {
  explanation: "Adobe cannot tell the type of the account.",
  remedy: "Look the user up in the Admin Console. If the account is sound there, retry; otherwise ask Adobe's support.",
  retryMayHelp: true,
};

const nameTaken: Advice = {
  explanation: "Another account has the new email or username.",
  remedy: "Rename or remove the other account, then retry; or choose another email or username.",
  retryMayHelp: true,
};

const noAdobeId: Advice = {
  explanation: "Adobe IDs belong to the people themselves, and nobody else can change them.",
  remedy: "Let the person change the account, or give them an Enterprise ID or a Federated ID.",
};

const nameMissing: Advice = {
  explanation: "The account needs a first and a last name, and one of them is missing.",
  remedy: `Fill in the name at the source. ${handInCorrected}`,
};

const productAdministrator: Advice = {
  explanation: "Adobe could not change the administrators of the product.",
  remedy: "Check in the Admin Console that user and product exist, and who administers the product now, then retry.",
  retryMayHelp: true,
};

export const adviceOnUsers = {
  "error.user.not_found": notInOrganisation,
  "error.user.not_in_org": notInOrganisation,
  "error.user.nonexistent": notInOrganisation,
  "error.user.nonexistent_or_has_conflicting_parameters": {
    explanation: "Adobe finds no such user, or the user has another domain or type than the operation says.",
    remedy:
      "Compare email, username, domain and useAdobeID with the account in the Admin Console. If it is missing, create it, then retry; otherwise submit the operation again, corrected.",
    retryMayHelp: true,
  },
  "error.user.not_found_or_ambiguous": {
    explanation: "Adobe finds no such user, or several.",
    remedy:
      "If there is no account, create it, then retry. Otherwise submit the operation again with the email, or with username and domain; to mean an Adobe ID with the same email, add useAdobeID.",
    retryMayHelp: true,
  },
  "error.user.already_in_org": existsAlready,
  "error.user.already_invited": existsAlready,
  "error.user.already_exists": {
    explanation: "The user is a member already.",
    remedy: "If the operation had no other step, do nothing; otherwise submit the rest without this step.",
  },
  "error.user.must_match_email": {
    explanation: "In this domain the username must be the email.",
    remedy: "Submit the operation again with the same email in user and in the create, and without domain.",
  },
  "error.user.name.invalid": {
    explanation: "Adobe does not take the username: it is too long or has a character that is not allowed.",
    remedy: `Look for accents, spaces and signs. ${handInCorrected}`,
  },
  "error.user.name.contains.email": {
    explanation: "The directory uses usernames that are not emails, and an email was given as the username.",
    remedy:
      "Submit the operation again with the username in user and its domain in domain; the email stays in the create.",
  },
  "error.user.name_in_use": nameTaken,
  "error.user.email.name_in_use": nameTaken,
  "error.user.email.invalid": {
    explanation:
      "Adobe does not take the email: it has over 60 characters, no @, or a character that is not plain ASCII.",
    remedy: handInCorrected,
  },
  "error.user.id_missing": {
    explanation: "The operation does not name a user.",
    remedy: `Name the user by email, or by username with domain. ${handInCorrected}`,
  },
  "error.user.firstname_missing": nameMissing,
  "error.user.lastname_missing": nameMissing,
  "error.user.user_list.invalid": {
    explanation:
      "Adobe does not take a user in the list: it is not in your organisation, too long, or not well formed.",
    remedy:
      "The whole list was refused: check every user in it. If an account is missing, create it, then retry; otherwise submit the operation again, corrected.",
    retryMayHelp: true,
  },
  "error.user.type_must_not_be_adobeid": noAdobeId,
  "error.update.adobeid.no": noAdobeId,
  "error.user.type_unknown": typeUndetermined,
  "error.user.type.missing": typeUndetermined,
  "error.user.type_not_available": {
    explanation: "Your organisation cannot have accounts of this type.",
    remedy: "Submit the operation again with the create of a type that the Admin Console offers for the domain.",
  },
  "error.user.type_mismatch": {
    explanation:
      "The domain's directory is for another type of account: Enterprise ID instead of Federated ID or the reverse.",
    remedy:
      "Submit the operation again with the create of the type that the Admin Console shows for the domain's directory.",
  },
  "error.user.belongs_to_another_org": {
    explanation: "The account, or the domain of its email, belongs to another organisation.",
    remedy:
      "Check in the Admin Console that the domain is claimed and active, or trusted by its owner, then retry. If another organisation owns it, ask its administrators.",
    retryMayHelp: true,
  },
  "error.user.domain_enforcement": {
    explanation: "Domain restrictions keep this account out of your organisation.",
    remedy: "Change the restriction in the Admin Console and retry, or use an email of an allowed domain.",
    retryMayHelp: true,
  },
  "error.user.change_domain_update.no": {
    explanation: "An update cannot move a user to an email of this other domain.",
    remedy: "Keep the domain, or create a new account in the new domain and remove the old one.",
  },
  "error.update.domain.mismatch": {
    explanation: "The domain given is not the user's.",
    remedy: `Compare it with the account in the Admin Console. ${handInCorrected}`,
  },
  "error.update.no": {
    explanation: "Adobe does not take the new email.",
    remedy:
      "Check that your organisation has claimed its domain and that no other account has the email, then retry; or choose another email.",
    retryMayHelp: true,
  },
  "error.update.username.no": {
    explanation: "The username of this account cannot change by itself.",
    remedy: "Change the email instead: where the email is the login, the username follows it.",
  },
  "error.update.country.no_update": {
    explanation: "The country of an account cannot change.",
    remedy: "Submit the operation again without it. Only a new account can have another country.",
  },
  "error.country.invalid": {
    explanation: "The country is not an ISO 3166 code, or Adobe does no business there.",
    remedy:
      "Submit the operation again with two upper-case letters such as US, of a country that the Admin Console offers.",
  },
  "error.option.illegal": {
    explanation: "A create has only the options ignoreIfAlreadyExists and updateIfAlreadyExists.",
    remedy: handInCorrected,
  },
  "error.domain.trust.nonexistent": {
    explanation: "Your organisation does not own the domain of this account, and its owner does not trust it.",
    remedy: "Let the owning organisation do it, or set up domain trust in the Admin Console, then retry.",
    retryMayHelp: true,
  },
  "error.api.user.not.parent.org": {
    explanation: "The account's domain is only shared with your organisation: another one owns it.",
    remedy: "Let the owning organisation do it.",
  },
  "error.user.update_failed": {
    explanation: "Adobe could not change the user's memberships, at several attempts.",
    remedy: retryLater,
    retryMayHelp: true,
  },
  "error.user.command.missing.arguments": {
    explanation: "A step lacks something that Adobe needs.",
    remedy: handInCorrected,
  },
  "error.user.productadmin.group.not_found": {
    explanation: "The product has no group of administrators with this name.",
    remedy:
      "Submit the operation again with _product_admin_ before the product's name, exactly as the Admin Console shows it.",
  },
  "error.user.productadmin.add.user.failed": productAdministrator,
  "error.user.productadmin.remove.admin.failed": productAdministrator,
} satisfies Partial<Record<AdobeCode, Advice>>;
