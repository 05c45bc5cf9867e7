import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";

/** One item of a table that has a partition key alone. Reads are consistent. */
export class OneItem {
  readonly #dynamo: DynamoDBDocumentClient;
  /** What each command on the item says of where it is. */
  readonly at: { readonly TableName: string; readonly Key: { readonly pk: string } };

  constructor(dynamo: DynamoDBDocumentClient, table: string, pk: string) {
    this.#dynamo = dynamo;
    this.at = { TableName: table, Key: { pk } };
  }

  async read(): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { Item } = await this.#dynamo.send(new GetCommand({ ...this.at, ConsistentRead: true }));
    return Item;
  }

  /** Writes the item, whatever is there. */
  async put(fields: object): Promise<void> {
    const { TableName, Key } = this.at;
    await this.#dynamo.send(new PutCommand({ TableName, Item: { ...Key, ...fields } }));
  }
}
