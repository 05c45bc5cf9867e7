import type { Credentials } from "../../shared/ims/credentials.ts";

/** The secret as the workers read it. */
export type SecretFields = Readonly<Record<string, unknown>>;

/**
 * The secret that holds credentials whose key is not encrypted: in this project's form or, for several client secrets,
 * in the Developer Console's.
 */
export function secretFieldsOf({
  orgId,
  clientId,
  clientSecrets,
  ...rest
}: Omit<Credentials, "privateKeyPassphrase">): SecretFields {
  const [clientSecret, ...others] = clientSecrets;
  if (others.length === 0) return { orgId, clientId, clientSecret, ...rest };
  const { technicalAccountId, privateKey } = rest;
  return {
    ORG_ID: orgId,
    CLIENT_ID: clientId,
    CLIENT_SECRETS: clientSecrets,
    ...(technicalAccountId === undefined ? {} : { TECHNICAL_ACCOUNT_ID: technicalAccountId }),
    ...(privateKey === undefined ? {} : { PRIVATE_KEY: privateKey }),
  };
}
