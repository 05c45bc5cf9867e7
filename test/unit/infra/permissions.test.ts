import { describe, expect, it } from "vitest";
import { templateOf } from "./template-of.ts";

const template = templateOf();

/** A resource as a statement names it: `Ref` and `Fn::GetAtt` become the part of the stack that they point at. */
function named(resource: unknown): string {
  return JSON.stringify(resource).replaceAll(
    /\{"(?:Ref|Fn::GetAtt)":\[?"Workers([A-Za-z]+?)[0-9A-F]{8}"(?:,"Arn"\])?\}/g,
    "<$1>",
  );
}

/** What one worker's role may do, as `effect action on resource`. */
function permissionsOf(worker: string): string[] {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy"));
  const [policy] = policies.filter(([id]) => id.startsWith(`Workers${worker}`)).map(([, resource]) => resource);
  const statements: { Effect: string; Action: string | string[]; Resource: unknown }[] =
    policy?.["Properties"].PolicyDocument.Statement;
  return statements.flatMap(({ Effect, Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => `${Effect} ${action} on ${named(resource)}`)),
  );
}

const tableIndex = (index: string) => `{"Fn::Join":["",[<LedgerTable>,"/index/${index}"]]}`;

describe("each function may do what it must and nothing else", () => {
  it("submit queues, reads and writes calls and rows, and parks what is for a day to come", () => {
    expect(permissionsOf("Submit")).toEqual([
      "Allow logs:CreateLogStream on <SubmitWorkerLog>",
      "Allow logs:PutLogEvents on <SubmitWorkerLog>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable>",
      "Allow dynamodb:PutItem on <LedgerTable>",
      "Allow dynamodb:UpdateItem on <LedgerTable>",
      "Allow dynamodb:BatchWriteItem on <RoomTable>",
    ]);
  });

  it("dispatch consumes, dead-letters, reads and writes rows, and reads its one secret", () => {
    expect(permissionsOf("Dispatch")).toEqual([
      "Allow logs:CreateLogStream on <DispatchWorkerLog>",
      "Allow logs:PutLogEvents on <DispatchWorkerLog>",
      "Allow sqs:ReceiveMessage on <WorkQueue>",
      "Allow sqs:DeleteMessage on <WorkQueue>",
      "Allow sqs:ChangeMessageVisibility on <WorkQueue>",
      "Allow sqs:GetQueueAttributes on <WorkQueue>",
      "Allow sqs:SendMessage on <WorkQueueDeadLetterQueue>",
      "Allow dynamodb:GetItem on <LedgerTable>",
      "Allow dynamodb:BatchGetItem on <LedgerTable>",
      "Allow dynamodb:PutItem on <LedgerTable>",
      "Allow secretsmanager:GetSecretValue on <CredentialsSecret>",
    ]);
  });

  it("operations reads rows and lists by any index, and changes nothing", () => {
    expect(permissionsOf("Operations")).toEqual([
      "Allow logs:CreateLogStream on <OperationsWorkerLog>",
      "Allow logs:PutLogEvents on <OperationsWorkerLog>",
      "Allow dynamodb:GetItem on <LedgerTable>",
      "Allow dynamodb:BatchGetItem on <LedgerTable>",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
      `Allow dynamodb:Query on ${tableIndex("byRoot")}`,
      `Allow dynamodb:Query on ${tableIndex("byWaiting")}`,
    ]);
  });

  it("operate shows messages, changes rows, lane and pause, counts what waits, and tidies the waiting room", () => {
    expect(permissionsOf("Operate")).toEqual([
      "Allow logs:CreateLogStream on <OperateWorkerLog>",
      "Allow logs:PutLogEvents on <OperateWorkerLog>",
      "Allow sqs:ChangeMessageVisibility on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable>",
      "Allow dynamodb:BatchGetItem on <LedgerTable>",
      "Allow dynamodb:PutItem on <LedgerTable>",
      "Allow dynamodb:DeleteItem on <LedgerTable>",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
      `Allow dynamodb:Query on ${tableIndex("byWaiting")}`,
      "Allow dynamodb:Query on <RoomTable>",
      "Allow dynamodb:PutItem on <RoomTable>",
      "Allow dynamodb:DeleteItem on <RoomTable>",
      "Allow dynamodb:BatchWriteItem on <RoomTable>",
    ]);
  });

  it("retry queues, reads and writes rows, and looks for newer work on the same root", () => {
    expect(permissionsOf("Retry")).toEqual([
      "Allow logs:CreateLogStream on <RetryWorkerLog>",
      "Allow logs:PutLogEvents on <RetryWorkerLog>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow dynamodb:BatchGetItem on <LedgerTable>",
      "Allow dynamodb:PutItem on <LedgerTable>",
      `Allow dynamodb:Query on ${tableIndex("byRoot")}`,
    ]);
  });

  it("sweep reads the lane, lists what is queued, and reads and writes rows", () => {
    expect(permissionsOf("Sweep")).toEqual([
      "Allow logs:CreateLogStream on <SweepWorkerLog>",
      "Allow logs:PutLogEvents on <SweepWorkerLog>",
      "Allow dynamodb:GetItem on <LedgerTable>",
      "Allow dynamodb:BatchGetItem on <LedgerTable>",
      "Allow dynamodb:PutItem on <LedgerTable>",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
    ]);
  });

  it("no role borrows a managed policy", () => {
    const roles = Object.values(template.findResources("AWS::IAM::Role"));
    expect(roles).toHaveLength(6);
    for (const role of roles) expect(role["Properties"]).not.toHaveProperty("ManagedPolicyArns");
  });

  it("dispatch's permissions are there before its first message is", () => {
    const [dispatch] = Object.entries(template.findResources("AWS::Lambda::Function")).filter(([id]) =>
      id.startsWith("WorkersDispatch"),
    );
    expect(dispatch?.[1]["DependsOn"]).toContainEqual(expect.stringMatching(/^WorkersDispatchWorkerRoleDefaultPolicy/));
  });
});
