import { App, Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { Key } from "aws-cdk-lib/aws-kms";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folders.ts";
import { instance, templateOf, templateWith } from "./template-of.ts";

type Properties = Record<string, { KMSMasterKeyId?: unknown }>;
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";

describe("a key of the stack's own", () => {
  const template = templateWith((stack) => {
    instance(stack, "Adobe", { encryptionKey: new Key(stack, "Key") });
  });
  const key = { "Fn::GetAtt": [expect.stringMatching(/^Key[0-9A-F]{8}$/), "Arn"] };
  const properties = (type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);

  it.each([
    ["queue", "AWS::SQS::Queue", 3, (found: Properties) => found["KmsMasterKeyId"]],
    ["table", "AWS::DynamoDB::Table", 2, (found: Properties) => found["SSESpecification"]?.KMSMasterKeyId],
    ["secret", "AWS::SecretsManager::Secret", 1, (found: Properties) => found["KmsKeyId"]],
    ["log", "AWS::Logs::LogGroup", 9, (found: Properties) => found["KmsKeyId"]],
  ])("encrypts every %s", (_, type, count, keyOf) => {
    expect(properties(type).map(keyOf)).toEqual(Array(count).fill(key));
  });

  it("may be used by each function, but only through the services that hold the data", () => {
    const statements = properties("AWS::IAM::Policy").map(({ PolicyDocument }) =>
      PolicyDocument.Statement.filter(({ Resource }: { Resource: unknown }) =>
        JSON.stringify(Resource).includes('"Key'),
      ),
    );
    expect(statements).toHaveLength(8);
    for (const found of statements) {
      expect(found).toEqual([
        {
          Effect: "Allow",
          Action: expect.arrayContaining(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
          Resource: key,
          Condition: { StringEquals: { "kms:ViaService": expect.anything() } },
        },
      ]);
      expect(JSON.stringify(found)).not.toContain("*");
      for (const service of ["dynamodb", "secretsmanager", "sqs"]) expect(JSON.stringify(found)).toContain(service);
    }
  });

  it("may be used by CloudWatch Logs, and only for the account's log groups", () => {
    template.hasResourceProperties("AWS::KMS::Key", {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: {
              Service: { "Fn::Join": ["", ["logs.", { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }]] },
            },
            Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": Match.anyValue() } },
          }),
        ]),
      },
    });
  });
});

describe("a key of somebody else's", () => {
  it("keeps its policy, and synthesis says what must stand in it", () => {
    const stack = new Stack(new App({ outdir: temporaryFolder() }), "Accounts");
    const encryptionKey = Key.fromKeyArn(stack, "Key", keyArn);
    instance(stack, "Adobe", { encryptionKey });
    Annotations.fromStack(stack).hasWarning(
      "/Accounts/Adobe",
      Match.stringLikeRegexp("unless that policy allows kms:Decrypt, .* to the service logs"),
    );
  });

  it("is chosen in the ready stack by its ARN", () => {
    templateOf({ encryptionKeyArn: keyArn }).allResourcesProperties("AWS::SQS::Queue", { KmsMasterKeyId: keyArn });
  });
});
