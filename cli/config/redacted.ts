const shown = ["orgId", "clientId", "technicalAccountId", "ORG_ID", "CLIENT_ID", "TECHNICAL_ACCOUNT_ID"];

/** A secret's fields for people to look at: names and ids as they are, of all else only that it is there. */
export function redacted(fields: Readonly<Record<string, string | readonly string[]>>): Record<string, unknown> {
  const hidden = (value: string) => `(${value.length} characters, not shown)`;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (shown.includes(name)) return [name, value];
      return [name, typeof value === "string" ? hidden(value) : value.map(hidden)];
    }),
  );
}
