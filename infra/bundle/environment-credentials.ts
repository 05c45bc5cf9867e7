/**
 * Replaces `@aws-sdk/credential-provider-node` in every bundle.
 *
 * AWS: Lambda puts the role's credentials into the environment, which is the first source of the SDK's default chain
 * anyway. The rest of the chain (SSO, shared files, web identity, instance metadata) never applies there, and would be
 * a third of the bundle and of its load time.
 */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Same name and shape as the SDK's own: called once per client. Rejects if the environment has no credentials. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      "No AWS credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set. Lambda sets them; anything else that runs this bundle must as well.",
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
