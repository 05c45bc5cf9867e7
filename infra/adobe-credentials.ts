import { type RemovalPolicy, Validations } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { CfnSecret, type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";

export interface AdobeCredentialsProps {
  /** What happens to a new secret when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts the secret; undefined for AWS's own key. */
  readonly encryptionKey: IKey | undefined;
  /** An existing secret to use as it is; undefined for a new one. */
  readonly existingSecretArn: string | undefined;
}

/**
 * The secret for one Adobe credential, created empty.
 *
 * Only Adobe's Developer Console issues the values, so an operator puts them in. The higher-level `Secret` would fill
 * in a random password, which looks like a credential but is not one; an empty secret fails at the first read with
 * `ResourceNotFoundException`, and the operations wait as `credentials-unreadable` until the value is there.
 */
export class AdobeCredentials extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, props: AdobeCredentialsProps) {
    super(scope, id);
    const { encryptionKey } = props;
    this.secret = Secret.fromSecretAttributes(this, "Reference", {
      secretCompleteArn: props.existingSecretArn ?? newSecret(this, props).ref,
      ...(encryptionKey && { encryptionKey }),
    });
  }
}

function newSecret(scope: Construct, { removalPolicy, encryptionKey }: AdobeCredentialsProps): CfnSecret {
  const secret = new CfnSecret(scope, "Secret", {
    description:
      "Adobe User Management API credential, as JSON: orgId, clientId, clientSecret; for JWT also technicalAccountId, privateKey",
    ...(encryptionKey && { kmsKeyId: encryptionKey.keyArn }),
  });
  secret.applyRemovalPolicy(removalPolicy);
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "Adobe issues these values in its Developer Console only, so no rotation function can make new ones. Rotate by putting a new value: the workers read the secret again when Adobe refuses the old one.",
  });
  return secret;
}
