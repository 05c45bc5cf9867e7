import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

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
  try {
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: { ...item, revision: revision + 1 },
        ...(revision === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": revision } }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
