import type { SecretFields } from "./secret-fields.ts";

const shown = ["orgId", "clientId", "technicalAccountId", "ORG_ID", "CLIENT_ID", "TECHNICAL_ACCOUNT_ID"];

/** A secret's fields for people to look at: ids as they are, and of every other value only its length. */
export function redacted(fields: SecretFields): SecretFields {
  const hidden = (value: unknown) =>
    typeof value === "string" ? `(${value.length} characters, not shown)` : "(not shown)";
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (shown.includes(name)) return [name, value];
      return [name, Array.isArray(value) ? value.map(hidden) : hidden(value)];
    }),
  );
}
