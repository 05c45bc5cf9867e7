import { Annotations, ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

/** The permissions that AWS requires to read and write an encrypted table, queue or secret. */
const forData = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
const forLogs = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** Lets a function use the key only through the services that hold the data. */
export function keyPermission(scope: Construct, key: IKey): PolicyStatement {
  const { region, urlSuffix } = Stack.of(scope);
  return new PolicyStatement({
    actions: forData,
    resources: [key.keyArn],
    conditions: {
      StringEquals: {
        "kms:ViaService": ["dynamodb", "secretsmanager", "sqs"].map((service) => `${service}.${region}.${urlSuffix}`),
      },
    },
  });
}

/**
 * Lets CloudWatch Logs encrypt the account's log groups with the key. The CDK cannot change the policy of a key that it
 * did not make. It then warns, because no log group could be created.
 */
export function letLogsUse(key: IKey, scope: Construct): void {
  const stack = Stack.of(scope);
  const principal = `logs.${stack.region}.${stack.urlSuffix}`;
  const { statementAdded } = key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(principal)],
      actions: forLogs,
      resources: ["*"],
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": stack.formatArn({
            service: "logs",
            resource: "log-group",
            resourceName: "*",
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  if (statementAdded) return;
  Annotations.of(scope).addWarningV2(
    "umapi-workers:keyPolicyNotChanged",
    `encryptionKey was not made by this app, so its policy stays as it is. The deployment fails unless that policy allows ${forLogs.join(", ")} to the service logs.<region>.amazonaws.com. See "Encrypt with a key of your own" in docs/deploy.md.`,
  );
}
