import { type RemovalPolicy, Validations } from "aws-cdk-lib";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";

export interface AdobeCredentialsProps {
  /** What happens to the secret when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The secret for one Adobe credential, created empty.
 *
 * Only Adobe's Developer Console issues the values, so an operator puts them. The higher-level `Secret` would fill in a
 * random password, which reads like a credential and is none; an empty secret fails at the first read with
 * `ResourceNotFoundException`, and the operations wait as `credentials-unreadable` until the value is there.
 */
export class AdobeCredentials extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: AdobeCredentialsProps) {
    super(scope, id);
    const secret = new CfnSecret(this, "Secret", {
      description:
        "Adobe User Management API credential, as JSON: orgId, clientId, clientSecret; for JWT also technicalAccountId, privateKey",
    });
    secret.applyRemovalPolicy(props.removalPolicy);
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "Adobe issues these values in its Developer Console only, so no rotation function can make new ones. Rotate by putting a new value: the workers read the secret again when Adobe refuses the old one.",
    });
    this.secretArn = secret.ref;
  }
}
