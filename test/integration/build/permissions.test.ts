import { describe, expect, it } from "vitest";
import { permissionsIn } from "./permissions-in.ts";
import { templateOf } from "./template-of.ts";

const template = templateOf();
const permissionsOf = (worker: string) => permissionsIn(template, worker);

const tableIndex = (index: string) => `{"Fn::Join":["",[<LedgerTable>,"/index/${index}"]]}`;

describe("each function may do what it must and nothing else", () => {
  it("submit queues, reads and writes calls and rows, and parks what is for a day to come", () => {
    expect(permissionsOf("Submit")).toEqual([
      "Allow logs:CreateLogStream on <SubmitWorkerLog>",
      "Allow logs:PutLogEvents on <SubmitWorkerLog>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (call#*, removals#default)",
      "Allow dynamodb:PutItem on <LedgerTable> (call#*, operation#*, removals#default)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default, leavers#default)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#due#scheduled, default#due#leaver, default#ahead#*, default#touched#*, default#written#*)",
    ]);
  });

  it("dispatch consumes, dead-letters, reads and writes rows and the waiting room, and reads its one secret", () => {
    expect(permissionsOf("Dispatch")).toEqual([
      "Allow logs:CreateLogStream on <DispatchWorkerLog>",
      "Allow logs:PutLogEvents on <DispatchWorkerLog>",
      "Allow sqs:ReceiveMessage on <WorkQueue>",
      "Allow sqs:DeleteMessage on <WorkQueue>",
      "Allow sqs:ChangeMessageVisibility on <WorkQueue>",
      "Allow sqs:GetQueueAttributes on <WorkQueue>",
      "Allow sqs:SendMessage on <WorkQueueDeadLetterQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (lane#default#*, removals#default)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*, room#default, pause#default, leavers#default)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*, lane#default#*, hidden#default)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default)",
      "Allow dynamodb:Query on <RoomTable> (default#*)",
      "Allow dynamodb:GetItem on <RoomTable> (default#*)",
      "Allow dynamodb:PutItem on <RoomTable> (default#*)",
      "Allow dynamodb:UpdateItem on <RoomTable> (default#*)",
      "Allow dynamodb:DeleteItem on <RoomTable> (default#*)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#*)",
      "Allow secretsmanager:GetSecretValue on <CredentialsSecret>",
    ]);
  });

  it("operations reads rows, lists by any index and asks for the queue's length, and changes nothing", () => {
    expect(permissionsOf("Operations")).toEqual([
      "Allow logs:CreateLogStream on <OperationsWorkerLog>",
      "Allow logs:PutLogEvents on <OperationsWorkerLog>",
      "Allow sqs:GetQueueAttributes on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (lane#default#*)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*, pause#default)",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
      `Allow dynamodb:Query on ${tableIndex("byRoot")}`,
      `Allow dynamodb:Query on ${tableIndex("byWaiting")}`,
    ]);
  });

  it("operate shows messages, rings, changes rows, lane and pause, counts what waits, and tidies the waiting room", () => {
    expect(permissionsOf("Operate")).toEqual([
      "Allow logs:CreateLogStream on <OperateWorkerLog>",
      "Allow logs:PutLogEvents on <OperateWorkerLog>",
      "Allow sqs:ChangeMessageVisibility on <WorkQueue>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow sqs:GetQueueAttributes on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (lane#default#*, hidden#default, pause#default, room#default, record#*, removals#default)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*, pause#default, delivery#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*, lane#default#*, pause#default, removals#default)",
      "Allow dynamodb:DeleteItem on <LedgerTable> (pause#default, hidden#default, delivery#*, record#*)",
      "Allow dynamodb:Query on <RoomTable> (default#*)",
      "Allow dynamodb:PutItem on <RoomTable> (default#*)",
      "Allow dynamodb:DeleteItem on <RoomTable> (default#*)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#*)",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
      `Allow dynamodb:Query on ${tableIndex("byRoot")}`,
      `Allow dynamodb:Query on ${tableIndex("byWaiting")}`,
    ]);
  });

  it("retry queues, reads and writes rows, and looks for newer work on the same root", () => {
    expect(permissionsOf("Retry")).toEqual([
      "Allow logs:CreateLogStream on <RetryWorkerLog>",
      "Allow logs:PutLogEvents on <RetryWorkerLog>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (removals#default)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*, removals#default)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default, leavers#default)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#due#leaver, default#ahead#*, default#touched#*, default#written#*)",
      `Allow dynamodb:Query on ${tableIndex("byRoot")}`,
    ]);
  });

  it("release reads the lane and the queue's length, queues what is due, writes rows, and takes the room's mark back", () => {
    expect(permissionsOf("Release")).toEqual([
      "Allow logs:CreateLogStream on <ReleaseWorkerLog>",
      "Allow logs:PutLogEvents on <ReleaseWorkerLog>",
      "Allow sqs:SendMessage on <WorkQueue>",
      "Allow sqs:GetQueueAttributes on <WorkQueue>",
      "Allow dynamodb:GetItem on <LedgerTable> (lane#default#*, pause#default, room#default, removals#default)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*, removals#default)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default, leavers#default)",
      "Allow dynamodb:DeleteItem on <LedgerTable> (room#default)",
      "Allow dynamodb:Query on <RoomTable> (default#*)",
      "Allow dynamodb:GetItem on <RoomTable> (default#*)",
      "Allow dynamodb:PutItem on <RoomTable> (default#*)",
      "Allow dynamodb:DeleteItem on <RoomTable> (default#*)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#*)",
    ]);
  });

  it("rescue consumes what SQS has returned, dead-letters, and writes rows and entries", () => {
    expect(permissionsOf("Rescue")).toEqual([
      "Allow logs:CreateLogStream on <RescueWorkerLog>",
      "Allow logs:PutLogEvents on <RescueWorkerLog>",
      "Allow sqs:ReceiveMessage on <WorkQueueReturnedQueue>",
      "Allow sqs:DeleteMessage on <WorkQueueReturnedQueue>",
      "Allow sqs:GetQueueAttributes on <WorkQueueReturnedQueue>",
      "Allow sqs:SendMessage on <WorkQueueDeadLetterQueue>",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default)",
      "Allow dynamodb:PutItem on <RoomTable> (default#*)",
      "Allow dynamodb:DeleteItem on <RoomTable> (default#*)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#*)",
    ]);
  });

  it("sweep reads the pause, lists what is queued or parked, writes rows and the waiting room, and sees the mappings", () => {
    expect(permissionsOf("Sweep")).toEqual([
      "Allow logs:CreateLogStream on <SweepWorkerLog>",
      "Allow logs:PutLogEvents on <SweepWorkerLog>",
      "Allow dynamodb:GetItem on <LedgerTable> (pause#default, room#default)",
      "Allow dynamodb:BatchGetItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:PutItem on <LedgerTable> (operation#*)",
      "Allow dynamodb:UpdateItem on <LedgerTable> (room#default)",
      "Allow dynamodb:Query on <RoomTable> (default#*)",
      "Allow dynamodb:PutItem on <RoomTable> (default#*)",
      "Allow dynamodb:UpdateItem on <RoomTable> (default#*)",
      "Allow dynamodb:DeleteItem on <RoomTable> (default#*)",
      "Allow dynamodb:BatchWriteItem on <RoomTable> (default#*)",
      `Allow dynamodb:Query on ${tableIndex("byStatus")}`,
      `Allow dynamodb:Query on ${tableIndex("byWaiting")}`,
      "Allow lambda:GetEventSourceMapping on the mapping <DispatchMessages>",
      "Allow lambda:GetEventSourceMapping on the mapping <RescueMessages>",
    ]);
  });

  it("no other lane's items, where a lane has its own name", () => {
    const named = templateOf({ lane: "emea" });
    const keyed = ["Submit", "Dispatch", "Operations", "Operate", "Retry", "Release", "Rescue", "Sweep"].flatMap(
      (worker) => permissionsIn(named, worker).filter((permission) => /<(Ledger|Room)Table> /.test(permission)),
    );
    expect(keyed.length).toBeGreaterThan(30);
    expect(keyed.filter((permission) => permission.includes("default"))).toEqual([]);
    expect(keyed).toContain("Allow dynamodb:Query on <RoomTable> (emea#*)");
  });

  it("no role may touch a table's items without a condition on their keys", () => {
    for (const worker of ["Submit", "Dispatch", "Operations", "Operate", "Retry", "Release", "Rescue", "Sweep"])
      expect(permissionsOf(worker).filter((permission) => /<(Ledger|Room)Table>$/.test(permission))).toEqual([]);
  });

  it("no role borrows a managed policy", () => {
    const roles = Object.values(template.findResources("AWS::IAM::Role"));
    expect(roles).toHaveLength(8);
    for (const role of roles) expect(role["Properties"]).not.toHaveProperty("ManagedPolicyArns");
  });

  it("dispatch's permissions are there before its first message is", () => {
    const [dispatch] = Object.entries(template.findResources("AWS::Lambda::Function")).filter(([id]) =>
      id.startsWith("WorkersDispatch"),
    );
    expect(dispatch?.[1]["DependsOn"]).toContainEqual(expect.stringMatching(/^WorkersDispatchWorkerRoleDefaultPolicy/));
  });
});
