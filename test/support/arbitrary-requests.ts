import fc from "fast-check";
import { stepFacts } from "../../shared/umapi/steps/facts.ts";
import { arbitraryCommand } from "./arbitrary-commands.ts";
import type { EdgeRequest } from "./edge.ts";

/** In every payload, key, header and query that a stranger made up; occurs in no text of our own. */
export const mark = "qx7Zk9";

/** Text that may be hard to take, with the mark in it. */
export const markedText = fc.oneof(
  fc.constantFrom(
    mark,
    `${mark}@example.com`,
    `_${mark}`,
    `  ${mark}`,
    mark.repeat(60),
    `${mark}\u0000`,
    `\ud800${mark}`,
  ),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => text + mark),
);

const knownKeys = [
  ...["operations", "user", "usergroup", "domain", "useAdobeID", "requestID", "do", "email", "username", "country"],
  ...["firstname", "lastname", "option", "group", "product", "productConfiguration", "name", "description"],
  ...stepFacts.user.keys(),
  ...stepFacts.usergroup.keys(),
  "deleteAccount",
  ...["__proto__", "constructor", "toString", "length", ""],
];

const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...knownKeys) }, { weight: 1, arbitrary: markedText });

/** Any JSON, of UMAPI's words and of others. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    markedText,
    fc.constantFrom<unknown>(null, true, false, 0, -0, 1e308, "all", "ignoreIfAlreadyExists", "US", "", [], {}),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5 }),
  ),
})).value;

/** A lawful command with up to two of its parts replaced, added, doubled or taken out; often none. */
const nearlyLawful = fc
  .tuple(
    arbitraryCommand({ maxSteps: 12 }),
    fc.array(
      fc.record({ place: fc.nat(), change: fc.constantFrom("replace", "add", "remove", "double"), key, value }),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([command, changes]) => changes.reduce<unknown>(changed, command));

interface Change {
  readonly place: number;
  readonly change: "replace" | "add" | "remove" | "double";
  readonly key: string;
  readonly value: unknown;
}

/** The JSON value with one of its lists or objects changed. */
function changed(json: unknown, { place, change, key, value }: Change): unknown {
  const copy: unknown = structuredClone(json);
  const holders = holdersIn(copy);
  const holder = holders[place % holders.length];
  if (Array.isArray(holder)) {
    const index = place % (holder.length + 1);
    const deleted = change === "replace" || change === "remove" ? 1 : 0;
    const inserted = change === "remove" ? [] : [change === "double" ? holder[index] : value];
    holder.splice(index, deleted, ...inserted);
  } else if (holder !== undefined) {
    const keys = Object.keys(holder);
    const own = keys[place % keys.length];
    const held = own === undefined ? value : holder[own];
    if (own !== undefined && (change === "remove" || change === "replace")) delete holder[own];
    // An assignment to __proto__ would not make a key.
    if (change !== "remove")
      Object.defineProperty(holder, change === "replace" ? (own ?? key) : key, {
        value: change === "double" ? held : value,
        enumerable: true,
      });
  }
  return copy;
}

function holdersIn(json: unknown): (unknown[] | Record<string, unknown>)[] {
  if (Array.isArray(json)) return [json, ...json.flatMap(holdersIn)];
  return isRecord(json) ? [json, ...Object.values(json).flatMap(holdersIn)] : [];
}

const isRecord = (json: unknown): json is Record<string, unknown> => typeof json === "object" && json !== null;

const inOneOfThreeForms = (commands: fc.Arbitrary<unknown[]>): fc.Arbitrary<unknown> =>
  fc
    .tuple(commands, fc.constantFrom("one", "list", "operations"))
    .map(([all, form]) => (form === "one" ? all[0] : form === "list" ? all : { operations: all }));

/** Bodies whose commands keep to the rules. */
export const lawfulBody = inOneOfThreeForms(
  fc.array(arbitraryCommand({ maxSteps: 12 }), { minLength: 1, maxLength: 12 }),
).map(toBytes);

/** Bodies with many small commands: as many as one call takes, give or take one. */
export const longBody = fc
  .record({ count: fc.integer({ min: 499, max: 501 }), command: arbitraryCommand({ maxSteps: 1 }) })
  .map(({ count, command }) => toBytes(Array.from({ length: count }, () => command)));

/** Bodies around the sizes that are refused: of one operation, and in all. */
export const largeBody = fc
  .record({
    bytes: fc.constantFrom(127 * 1024, 129 * 1024, 1024 * 1024 - 2, 1024 * 1024 + 2),
    unit: fc.constantFrom("a", "é", "🎈"),
  })
  .map(({ bytes, unit }) => {
    const description = unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));
    return toBytes({ usergroup: mark, do: [{ updateUserGroup: { description } }] });
  });

const nearlyLawfulBody = inOneOfThreeForms(fc.array(nearlyLawful, { minLength: 1, maxLength: 3 })).map(toBytes);

/** JSON with a piece cut out of it, or put into it. */
const damagedBody = fc
  .record({
    body: nearlyLawfulBody,
    from: fc.nat(),
    cut: fc.nat({ max: 3 }),
    inserted: fc.oneof(
      fc.constantFrom("", ",", '"', "}", "\\", "\ufeff", `"${mark}":1,`, "[".repeat(100), '"user":"x",'),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    ),
  })
  .map(({ body, from, cut, inserted }) => {
    const at = from % (body.length + 1);
    return Buffer.concat([body.subarray(0, at), Buffer.from(inserted), body.subarray(at + cut)]);
  });

/** Whatever can come in as a body. */
const anyBody = fc.oneof(
  { weight: 3, arbitrary: lawfulBody },
  { weight: 4, arbitrary: nearlyLawfulBody },
  { weight: 2, arbitrary: damagedBody },
  { weight: 1, arbitrary: value.map(toBytes) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([bytes, Buffer.from(mark)])) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
);

function toBytes(json: unknown): Buffer {
  return Buffer.from(JSON.stringify(json));
}

export const asJson: readonly [string, string] = ["Content-Type", "application/json"];

const headerName = fc.constantFrom(
  ...["Idempotency-Key", "IDEMPOTENCY-KEY", "content-type", "Content-Encoding", "Content-Length", "Host", "Cookie"],
  ...["Authorization", "X-Forwarded-For", "Transfer-Encoding", "__proto__", "constructor", "User-Agent"],
);
const contentType = fc.constantFrom(
  ...["application/json; charset=utf-8", "APPLICATION/JSON", "application/scim+json", "application/json;"],
  ...["text/plain", `text/${mark}`, "application/json; charset=utf-16", "", ";;;", "application/xml", "json"],
);
/** As Node gives them: a character for each byte. */
const headerValue = fc.oneof(
  contentType,
  fc.constantFrom("", mark, mark.repeat(50), `${mark}, ${mark}`, "gzip", "0", "chunked"),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("latin1") + mark),
);
const jsonOrNot = fc.oneof(
  { weight: 8, arbitrary: fc.constant([asJson]) },
  { weight: 1, arbitrary: contentType.map((type) => [["Content-Type", type] as const]) },
  { weight: 1, arbitrary: fc.constant([]) },
);
const anyHeaders = fc
  .tuple(
    jsonOrNot,
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.tuple(headerName, headerValue), { maxLength: 4 })),
  )
  .map(([type, others]) => [...type, ...others]);

/** A query of these names and values, of others, and of nonsense. */
export function queryOf(names: readonly string[], values: readonly string[]): fc.Arbitrary<string> {
  const encoded = fc.oneof(
    markedText.map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom(mark, "", "%", "%zz", "%00", "%ff", "__proto__", "constructor", "+", "true", "1"),
  );
  const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: encoded });
  const its = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: encoded });
  const pair = fc.tuple(name, its).map(([left, right]) => `${left}=${right}`);
  return fc.oneof(
    { weight: 5, arbitrary: fc.array(pair, { maxLength: 3 }).map((pairs) => pairs.join("&")) },
    { weight: 1, arbitrary: fc.constantFrom("?", "&&", "=", `${mark}`, `=${mark}`) },
  );
}

/** Whatever a stranger may send to where operations are submitted. */
export const anySubmission: fc.Arbitrary<EdgeRequest> = fc.record({
  headers: anyHeaders,
  query: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("", "testOnly=true", "testOnly=false") },
    { weight: 1, arbitrary: queryOf(["testOnly", "TestOnly"], ["true", "false", "TRUE"]) },
  ),
  body: anyBody,
});
