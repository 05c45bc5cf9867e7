import { failureOf, type PlannedRefusal, Refusals } from "../../../infra/local/aws/refusals.ts";
import { answering, type Service } from "../../../infra/local/aws/service.ts";
import { batchWriteAction } from "./batch-write-action.ts";
import type { DynamoContext } from "./context.ts";
import { dynamoError, unknownOperation } from "./errors.ts";
import { queryAction } from "./query-action.ts";
import { readActions } from "./read-actions.ts";
import { tableActions } from "./table-actions.ts";
import { Tables } from "./tables.ts";
import { writeActions } from "./write-actions.ts";

export interface DynamoOptions {
  /** The attribute by which items expire, in seconds since the epoch; the same for every table. @default "expiresAt" */
  readonly timeToLiveAttribute?: string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** Twelve digits. @default "000000000000" */
  readonly accountId?: string;
}

/** DynamoDB in this process. Each call has taken effect when `handle` returns, before its promise resolves. */
export interface Dynamo extends Service {
  /**
   * Makes calls fail; the function it returns takes that back. `resource` is the table's name. With `entries`, a
   * BatchGetItem leaves these keys, and a BatchWriteItem these writes, unprocessed (as the request has them) instead of
   * failing.
   *
   * @example dynamo.refuse({ action: "PutItem", code: "ThrottlingException", status: 400, applied: true });
   */
  refuse(refusal: PlannedRefusal): () => void;

  /**
   * Deletes what TTL would: items whose time to live is over, and not by more than five years.
   *
   * @param nowSeconds seconds since the epoch
   * @returns how many items that were
   */
  deleteExpired(nowSeconds: number): number;
}

const actions: Readonly<Record<string, (input: unknown, context: DynamoContext) => unknown>> = {
  ...tableActions,
  ...readActions,
  ...writeActions,
  ...batchWriteAction,
  ...queryAction,
};

/**
 * A model of DynamoDB, in memory, that knows the actions and expressions this project uses and refuses every other with
 * a ValidationException. Indexes never lag behind their table.
 */
export function createDynamo({
  timeToLiveAttribute = "expiresAt",
  region = "us-east-1",
  accountId = "000000000000",
}: DynamoOptions = {}): Dynamo {
  const tables = new Tables();
  const refusals = new Refusals();

  function run(name: string, input: unknown): unknown {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) throw unknownOperation(name, Object.keys(actions));
    const refusal = refusals.take(name, tableNameIn(input));
    const isBatch = name === "BatchGetItem" || name === "BatchWriteItem";
    const wholeCall = refusal !== undefined && (!isBatch || refusal.entries === undefined);
    if (wholeCall && !refusal.applied) throw refused(refusal);
    const output = action(input, { tables, region, accountId, refusal });
    if (wholeCall) throw refused(refusal);
    return output;
  }

  return {
    target: "DynamoDB_20120810",
    contentType: "application/x-amz-json-1.0",
    handle: (action, input) => answering(() => run(action, input)),
    refuse: (refusal) => refusals.add(refusal),
    deleteExpired: (nowSeconds) => tables.deleteExpired(timeToLiveAttribute, nowSeconds),
  };
}

function refused(refusal: PlannedRefusal) {
  const { status, code, message } = failureOf(refusal);
  return dynamoError(code, message, status);
}

/** The name of the table that an input is about; the first of a batch. */
function tableNameIn(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  if ("TableName" in input && typeof input.TableName === "string") return input.TableName;
  if (!("RequestItems" in input) || typeof input.RequestItems !== "object") return undefined;
  return Object.keys(input.RequestItems ?? {})[0];
}
