import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { type Expression, join, type RandomCall } from "./random-calls.ts";
import { outcome, type Store } from "./stores.ts";

/** Makes the call and tells what came of it, so that two stores can be compared. */
export async function make(call: RandomCall, { documents }: Store, TableName: string): Promise<unknown> {
  switch (call.kind) {
    case "get":
      return await outcome(documents.send(new GetCommand({ TableName, Key: { pk: call.pk }, ConsistentRead: true })));
    case "batchGet": {
      const Keys = call.pks.map((pk) => ({ pk }));
      const answer = await outcome(documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } })));
      return "Responses" in answer ? inOrder(answer.Responses?.[TableName] ?? []) : answer;
    }
    case "put": {
      const { pk, item, condition } = call;
      // AWS leaves the order of equal keys in an index open, so there are none.
      const order = item.order === undefined ? undefined : `${item.order}#${pk}`;
      const request = { TableName, Item: { ...item, pk, order }, ...conditional(condition) };
      return await outcome(documents.send(new PutCommand({ ...request, ReturnValues: "ALL_OLD" })));
    }
    case "update": {
      const { pk, update } = call;
      const request = { TableName, Key: { pk }, UpdateExpression: update.text, ...placeholders(update) };
      return await outcome(documents.send(new UpdateCommand({ ...request, ReturnValues: "ALL_NEW" })));
    }
    case "delete": {
      const request = { TableName, Key: { pk: call.pk }, ...conditional(call.condition) };
      return await outcome(documents.send(new DeleteCommand({ ...request, ReturnValues: "ALL_OLD" })));
    }
    case "query":
      return await queryPages(call, documents, TableName);
  }
}

/** Every page of a query, to the last. */
async function queryPages(
  { index, partition, sort, filter, forward, limit }: Extract<RandomCall, { readonly kind: "query" }>,
  documents: Store["documents"],
  TableName: string,
): Promise<unknown[]> {
  const byPartition = { text: "#key = :key", names: { "#key": index === "byStatus" ? "status" : "root" } };
  const keyCondition = and({ ...byPartition, values: { ":key": partition } }, sort);
  const request = {
    TableName,
    IndexName: index,
    KeyConditionExpression: keyCondition.text,
    ...(filter && { FilterExpression: filter.text }),
    ...placeholders(and(keyCondition, filter)),
    ScanIndexForward: forward,
    ...(limit && { Limit: limit }),
  };
  const pages: unknown[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await outcome(documents.send(new QueryCommand({ ...request, ExclusiveStartKey: start })));
    pages.push(page);
    start = "LastEvaluatedKey" in page ? page.LastEvaluatedKey : undefined;
  } while (start !== undefined);
  return pages;
}

function and(left: Expression, right: Expression | undefined): Expression {
  return right === undefined ? left : join(left, "AND", right);
}

function conditional(condition: Expression | undefined) {
  return condition === undefined ? {} : { ConditionExpression: condition.text, ...placeholders(condition) };
}

function placeholders({ names, values }: Expression) {
  return {
    ...(isFilled(names) && { ExpressionAttributeNames: names }),
    ...(isFilled(values) && { ExpressionAttributeValues: values }),
  };
}

function isFilled<T>(references: Record<string, T> | undefined): references is Record<string, T> {
  return references !== undefined && Object.keys(references).length > 0;
}

function inOrder(items: readonly Record<string, unknown>[]): unknown[] {
  return items.toSorted((one, other) => (String(one["pk"]) < String(other["pk"]) ? -1 : 1));
}
