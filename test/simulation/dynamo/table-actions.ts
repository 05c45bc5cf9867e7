import type * as z from "zod/mini";
import type { DynamoContext } from "./context.ts";
import { invalidParameter, resourceNotFound, validationException } from "./errors.ts";
import { inputs, readInput } from "./inputs.ts";
import { type KeyAttribute, type KeySchema, keyAttributes } from "./key-schema.ts";
import type { IndexDefinition, Table } from "./table.ts";

type CreateTable = z.infer<typeof inputs.createTable>;
type GlobalIndex = NonNullable<CreateTable["GlobalSecondaryIndexes"]>[number];

export const tableActions = {
  CreateTable(input: unknown, context: DynamoContext) {
    const request = readInput(inputs.createTable, input);
    const types = new Map(request.AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType]));
    const schema = readSchema(request.KeySchema, types);
    const indexes = (request.GlobalSecondaryIndexes ?? []).map((index) => readIndex(index, schema, types));
    const used = new Set(
      [schema, ...indexes.map((index) => index.schema)].flatMap(keyAttributes).map(({ name }) => name),
    );
    if (used.size !== types.size) {
      throw invalidParameter("Some AttributeDefinitions are not used: every one must be part of a key");
    }
    const table = context.tables.create({ name: request.TableName, schema, indexes });
    return { TableDescription: describe(table, context) };
  },

  DescribeTable(input: unknown, context: DynamoContext) {
    const { TableName } = readInput(inputs.describeTable, input);
    const table = context.tables.find(TableName);
    if (table === undefined) throw resourceNotFound(TableName);
    return { Table: describe(table, context) };
  },
};

function readSchema(elements: CreateTable["KeySchema"], types: ReadonlyMap<string, KeyAttribute["type"]>): KeySchema {
  const [first, second, ...more] = elements.map(({ AttributeName: name, KeyType }) => {
    const type = types.get(name);
    if (type === undefined) {
      throw invalidParameter(`Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}]`);
    }
    return { name, type, KeyType };
  });
  const isSchema = first?.KeyType === "HASH" && (second === undefined || second.KeyType === "RANGE");
  if (!isSchema || more.length > 0 || first.name === second?.name) {
    throw validationException("Invalid KeySchema: it is a HASH key and then, if there is one, another RANGE key");
  }
  const partition = { name: first.name, type: first.type, maxBytes: 2048 };
  return second === undefined
    ? { partition }
    : { partition, sort: { name: second.name, type: second.type, maxBytes: 1024 } };
}

function readIndex(
  { IndexName: name, KeySchema: elements, Projection }: GlobalIndex,
  tableSchema: KeySchema,
  types: ReadonlyMap<string, KeyAttribute["type"]>,
): IndexDefinition {
  const { ProjectionType, NonKeyAttributes } = Projection;
  if ((ProjectionType === "INCLUDE") !== (NonKeyAttributes !== undefined)) {
    throw invalidParameter(
      `ProjectionType is ${ProjectionType}, but NonKeyAttributes is ${NonKeyAttributes ? "" : "not "}specified`,
    );
  }
  const schema = readSchema(elements, types);
  if (ProjectionType === "ALL") return { name, schema };
  const keys = [tableSchema, schema].flatMap(keyAttributes).map((key) => key.name);
  return { name, schema, projected: new Set([...keys, ...(NonKeyAttributes ?? [])]) };
}

/** A table is there as soon as it is created. */
function describe(table: Table, { region, accountId }: DynamoContext) {
  const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${table.name}`;
  const indexes = [...table.indexes.values()];
  return {
    TableName: table.name,
    TableArn: arn,
    TableStatus: "ACTIVE",
    ItemCount: table.itemCount,
    KeySchema: elementsOf(table.schema),
    AttributeDefinitions: definitionsOf([table.schema, ...indexes.map(({ schema }) => schema)]),
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(({ name, schema }) => ({
            IndexName: name,
            IndexArn: `${arn}/index/${name}`,
            IndexStatus: "ACTIVE",
            KeySchema: elementsOf(schema),
          })),
        }),
  };
}

function elementsOf(schema: KeySchema) {
  return keyAttributes(schema).map(({ name }, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? "HASH" : "RANGE",
  }));
}

function definitionsOf(schemas: readonly KeySchema[]) {
  const types = new Map(schemas.flatMap(keyAttributes).map(({ name, type }) => [name, type]));
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}
