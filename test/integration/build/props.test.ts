import { App, Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { describe, expect, it } from "vitest";
import type { UmapiWorkersProps } from "../../../infra/umapi-workers-props.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { instance } from "./template-of.ts";

const stack = () => new Stack(new App({ outdir: temporaryFolder() }), "Accounts");
const refusal = (props: object): string => {
  // Whoever writes plain JavaScript has no types.
  const untyped: UmapiWorkersProps = props;
  try {
    instance(stack(), "Adobe", untyped);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

describe("a prop that cannot be used is refused in one sentence, with the construct, its name, its value and what was expected", () => {
  it.each<[object, string]>([
    ...["10", "0/60", "10/0", "ten/60", "10/60/1", "-1/60", "010/60", "10/060", "1000000/60"].map(
      (actionBudget): [object, string] => [
        { actionBudget },
        `actionBudget is "${actionBudget}"; expected requests/seconds`,
      ],
    ),
    [{ actionBudget: 10 }, "actionBudget is 10; expected requests/seconds"],
    ...["0", "0/3600", "100/0", "none", "-1/60", ""].map((removalLimit): [object, string] => [
      { removalLimit },
      `removalLimit is "${removalLimit}"; expected removals/seconds`,
    ]),
    [{ removalLimit: 0 }, "removalLimit is 0; expected removals/seconds"],
    ...["", "a b", "x".repeat(65), "lane#1"].map((lane): [object, string] => [
      { lane },
      `lane is "${lane}"; expected 1 to 64 letters`,
    ]),
    [{ lane: Aws.STACK_NAME }, "lane would be known only when it is deployed, and is needed before; expected 1 to 64"],
    [{ auth: "basic" }, 'auth is "basic"; expected "oauth" or "jwt".'],
    [{ removalPolicy: RemovalPolicy.SNAPSHOT }, 'removalPolicy is "snapshot"; expected RemovalPolicy.RETAIN'],
    [
      { jwtIssuer: "login.example.com", jwtAudience: ["hr"] },
      'jwtIssuer is "login.example.com"; expected an https URL',
    ],
    [{ jwtIssuer: "http://login.example.com", jwtAudience: ["hr"] }, "expected an https URL"],
    [
      { jwtIssuer: "https://login.example.com", jwtAudience: [] },
      "jwtAudience is []; expected a list of one audience or more",
    ],
    [{ jwtIssuer: "https://login.example.com" }, "jwtIssuer is set and jwtAudience is not; expected both or neither"],
    [{ jwtAudience: ["hr"] }, "jwtAudience is set and jwtIssuer is not; expected both or neither"],
    [
      { jwtIssuer: "https://login.example.com", jwtAudience: ["hr"], authorizer: new HttpNoneAuthorizer() },
      "authorizer and jwtIssuer are both set",
    ],
    [{ domainName: "umapi.example.com" }, "domainName is set and certificate is not; expected both or neither"],
    [{ domainName: "https://umapi.example.com/" }, 'domainName is "https://umapi.example.com/"; expected a host name'],
    [{ existingSecretArn: "adobe" }, 'existingSecretArn is "adobe"; expected the secret\'s complete ARN'],
    [
      { existingSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:adobe" },
      "with the hyphen and six characters at its end",
    ],
    [
      { existingLedgerTableName: "arn:aws:dynamodb:eu-west-1:111122223333:table/a", existingRoomTableName: "abc" },
      "expected the name of a DynamoDB table",
    ],
    [{ existingLedgerTableName: "ledger" }, "existingLedgerTableName is set and existingRoomTableName is not"],
    [{ existingRoomTableName: "room" }, "existingRoomTableName is set and existingLedgerTableName is not"],
    [{ existingQueueName: "work", existingReturnedQueueName: "back.fifo" }, "which ends in .fifo"],
    [{ existingQueueName: "work.fifo" }, "existingQueueName is set and existingReturnedQueueName is not"],
    [{ httpsProxy: "ftp://proxy.example.com" }, "httpsProxy names a proxy that speaks ftp"],
    ...(["allowAccountDeletion", "leaversFirst", "tracing", "publishParameters"] as const).flatMap((name) =>
      ["false", "true", 0, null].map((value): [object, string] => [
        { [name]: value },
        `${name} is ${JSON.stringify(value)}; expected true or false, not as text.`,
      ]),
    ),
    ...(["alarmTopic", "pageTopic", "ticketTopic"] as const).map((name): [object, string] => [
      { [name]: "arn:aws:sns:eu-west-1:111122223333:alarms" },
      `${name} is "arn:aws:sns:eu-west-1:111122223333:alarms"; expected an SNS topic; of an ARN, Topic.fromTopicArn`,
    ]),
    [{ encryptionKey: "alias/adobe" }, 'encryptionKey is "alias/adobe"; expected a key of KMS; of an ARN, Key.from'],
    [{ encryptionKey: new HttpNoneAuthorizer() }, "encryptionKey is of the class HttpNoneAuthorizer; expected a key"],
    [{ certificate: { arn: "x" } }, "certificate is of the class Object; expected a certificate of ACM"],
    [{ jwtIssuer: "https://login.example.com", jwtAudience: "hr" }, 'jwtAudience is "hr"; expected a list'],
    [{ authorizer: "iam" }, 'authorizer is "iam"; expected an authorizer of HTTP APIs'],
    [{ httpsProxy: 3128 }, "httpsProxy is 3128; expected the URL of a proxy"],
    [{ noProxy: [".example.com"] }, 'noProxy is [".example.com"]; expected hosts, separated by commas'],
    [{ extraCaCerts: true }, "extraCaCerts is true; expected the path of a file"],
    [{ removalPolicy: "keep" }, 'removalPolicy is "keep"; expected RemovalPolicy.RETAIN'],
    [{ workerCode: "dist" }, 'workerCode is "dist"; expected a function'],
    [{ extraCaCerts: "/nowhere/ca.pem" }, 'extraCaCerts is "/nowhere/ca.pem", which cannot be read'],
  ])("%j", (props, sentence) => {
    expect(refusal(props)).toContain(sentence);
    expect(refusal(props)).toMatch(/^Accounts\/Adobe(\/.+)?: /);
    expect(refusal(props)).toMatch(/^[^\n]+\.$/);
  });
});

describe("a prop may be known only when it is deployed", () => {
  it("where nothing is made of it before", () => {
    const scope = stack();
    const certificate = Certificate.fromCertificateArn(scope, "Certificate", Aws.STACK_ID);
    const props: UmapiWorkersProps = {
      existingSecretArn: Aws.STACK_ID,
      existingLedgerTableName: Aws.STACK_NAME,
      existingRoomTableName: Aws.STACK_NAME,
      existingQueueName: `${Aws.STACK_NAME}.fifo`,
      existingReturnedQueueName: `${Aws.STACK_NAME}-returned.fifo`,
      jwtIssuer: Aws.STACK_NAME,
      jwtAudience: [Aws.STACK_NAME],
      domainName: Aws.STACK_NAME,
      certificate,
    };
    expect(() => instance(scope, "Adobe", props)).not.toThrow();
  });
});
