import {
  DeleteCommand,
  type DeleteCommandInput,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { operations, type Store } from "./stores.ts";

const { TableName } = operations;

/** What an SDK throws for a request that DynamoDB finds fault with. */
export const refusedAsInvalid = { name: "ValidationException", $metadata: { httpStatusCode: 400 } };

/**
 * The calls that the cases repeat, on the table of operations unless they say otherwise.
 *
 * @param store is asked for when a case runs: before, there is none
 */
export function callsOn(store: () => Store) {
  let partitions = 0;
  return {
    /** A partition key that no other case of the group uses. */
    fresh: (group: string) => `${group}-${partitions++}`,

    put: (Item: Record<string, unknown>, rest: Partial<PutCommandInput> = {}) =>
      store().documents.send(new PutCommand({ TableName, Item, ...rest })),

    async get(pk: string) {
      const get = new GetCommand({ TableName, Key: { pk }, ConsistentRead: true });
      return (await store().documents.send(get)).Item;
    },

    update: (pk: string, rest: Partial<UpdateCommandInput>) =>
      store().documents.send(new UpdateCommand({ TableName, Key: { pk }, ...rest })),

    delete: (pk: string, rest: Partial<DeleteCommandInput> = {}) =>
      store().documents.send(new DeleteCommand({ TableName, Key: { pk }, ...rest })),

    query: (KeyConditionExpression: string, rest: Partial<QueryCommandInput>) =>
      store().documents.send(new QueryCommand({ TableName, KeyConditionExpression, ...rest })),
  };
}
