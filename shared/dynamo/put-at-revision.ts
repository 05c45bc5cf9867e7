import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { conditionHeld } from "./condition-held.ts";

/**
 * Writes an item if its stored revision is still the one that was read; at revision 0, if there is no item yet. The
 * item to write has the next `revision`.
 *
 * @returns false if another write came in between
 */
export async function putAtRevision(
  dynamo: DynamoDBDocumentClient,
  table: string,
  item: Readonly<Record<string, unknown>>,
  revision: number,
): Promise<boolean> {
  const put = new PutCommand({
    TableName: table,
    Item: { ...item, revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": revision } }),
  });
  return await conditionHeld(dynamo.send(put));
}
