import { type RemovalPolicy, Validations } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { CfnSecret, type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";

export interface WebhookKeysProps {
  /** What happens to the secret when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts the secret; undefined for AWS's own key. */
  readonly encryptionKey: IKey | undefined;
}

/** The one secret with the keys of all sources, and the credentials for their records. It is created empty. */
export class WebhookKeys extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, { removalPolicy, encryptionKey }: WebhookKeysProps) {
    super(scope, id);
    const secret = new CfnSecret(this, "Secret", {
      description: "Keys of webhook sources, as JSON: a member for each source",
      ...(encryptionKey && { kmsKeyId: encryptionKey.keyArn }),
    });
    secret.applyRemovalPolicy(removalPolicy);
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "The HR systems issue these values, so no rotation function can make new ones. Rotate by putting in the new key beside the old one.",
    });
    this.secret = Secret.fromSecretAttributes(this, "Reference", {
      secretCompleteArn: secret.ref,
      ...(encryptionKey && { encryptionKey }),
    });
  }
}
