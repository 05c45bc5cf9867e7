import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { putAtRevision } from "../dynamo/put-at-revision.ts";
import { parseJson } from "../http/parse-json.ts";
import { unversioned, versioned } from "../schema/version.ts";
import { foldedName } from "../umapi/folded-name.ts";
import { recordKeyOf } from "./delivery.ts";
import { type KnownRecord, knownRecordSchema, newKnownRecord } from "./known-record.ts";

/** The newest version of the form that this code can read, and the one that it writes. */
const version = 1;
const keyPrefix = "record#";
const itemSchema = z.object({ known: z.string(), revision: z.number() });

/** The record was stored in a form that only a newer version can read. */
class UnreadableRecord extends Error {
  override readonly name = "UnreadableRecord";
}

/** What is known of records, in the table of the ledger. Its indexes list them by the person's names. */
export class KnownRecords {
  readonly #dynamo: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(dynamo: DynamoDBDocumentClient, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /** A new one if nothing is known. @throws UnreadableRecord */
  async read(source: string, record: string): Promise<KnownRecord> {
    const Key = { pk: keyPrefix + recordKeyOf(source, record) };
    const { Item } = await this.#dynamo.send(new GetCommand({ TableName: this.#table, Key, ConsistentRead: true }));
    return Item === undefined ? newKnownRecord(source, record) : toKnown(Item);
  }

  /** As `Ledger.write`. */
  async write({ revision, ...known }: KnownRecord): Promise<boolean> {
    const { email, username } = known.identity ?? {};
    const recordKey = recordKeyOf(known.source, known.record);
    const item = {
      pk: keyPrefix + recordKey,
      root: email === undefined ? undefined : nameKey(email),
      waiting: username === undefined ? undefined : nameKey(username),
      order: recordKey,
      known: JSON.stringify(versioned(version, known)),
    };
    return await putAtRevision(this.#dynamo, this.#table, item, revision);
  }

  /** The records of a person. @param name email or username, in any letter case */
  async named(name: string): Promise<KnownRecord[]> {
    const found = await Promise.all([
      this.#keysBy("byRoot", "root", nameKey(name)),
      this.#keysBy("byWaiting", "waiting", nameKey(name)),
    ]);
    const keys = [...new Set(found.flat())];
    const items = await Promise.all(
      keys.map((pk) =>
        this.#dynamo.send(new GetCommand({ TableName: this.#table, Key: { pk }, ConsistentRead: true })),
      ),
    );
    return items.flatMap(({ Item }) => (Item === undefined ? [] : [toKnown(Item)]));
  }

  async delete({ source, record }: Pick<KnownRecord, "source" | "record">): Promise<void> {
    const Key = { pk: keyPrefix + recordKeyOf(source, record) };
    await this.#dynamo.send(new DeleteCommand({ TableName: this.#table, Key }));
  }

  async #keysBy(index: "byRoot" | "byWaiting", key: "root" | "waiting", value: string): Promise<string[]> {
    const { Items = [] } = await this.#dynamo.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: "#key = :key",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":key": value },
      }),
    );
    return Items.map((item) => String(item["pk"]));
  }
}

/** No operation has such a root or reason to wait. */
const nameKey = (name: string) => `${keyPrefix}${foldedName(name)}`;

function toKnown(item: unknown): KnownRecord {
  const { known, revision } = itemSchema.parse(item);
  const parsed = knownRecordSchema.safeParse(unversioned(parseJson(known), version));
  if (!parsed.success) throw new UnreadableRecord("What is known of a record cannot be read by this version");
  return { ...parsed.data, revision };
}
