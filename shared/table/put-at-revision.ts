import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

/**
 * Writes an item over the revision that it was read at; at revision 0, only if there is none yet. The item carries its
 * own next `revision`.
 *
 * @returns false if another write came between
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
