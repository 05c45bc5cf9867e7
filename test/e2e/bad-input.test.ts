import { describe, expect, test } from "vitest";
import { createPerson } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";

const { api, sandbox, queues, program } = await runLocalStack("--rate", "100/6");

/** In every payload here; nobody is to read it anywhere. */
const name = "Quillfeather";
const user = `${name}@example.com`;
const remove = { user, do: [{ removeFromOrg: {} }] };
const federated = { email: user, firstname: name, lastname: name, country: "US" };

interface Refusal {
  readonly title: string;
  readonly body: unknown;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly kind: string;
  /** Where the body is said to be wrong; absent if no place is named. */
  readonly pointers?: readonly string[];
}

const refusals: Refusal[] = [
  { title: "malformed JSON", body: `{"user":"${user}",`, status: 400, kind: "malformed" },
  { title: "no body", body: "", status: 400, kind: "malformed" },
  { title: "testOnly=maybe", body: remove, query: "?testOnly=maybe", status: 400, kind: "malformed" },
  { title: "an unknown parameter", body: remove, query: `?dry=${name}`, status: 400, kind: "malformed" },
  {
    title: "an Idempotency-Key that is too long",
    body: remove,
    headers: { "idempotency-key": name.repeat(50) },
    status: 400,
    kind: "malformed",
  },
  {
    title: "text/plain",
    body: remove,
    headers: { "content-type": "text/plain" },
    status: 415,
    kind: "unsupported-media-type",
  },
  { title: "a body of 5 MB", body: [{ ...remove, requestID: name.repeat(420_000) }], status: 413, kind: "too-large" },
  {
    title: "an operation of more than 128 KiB",
    body: [remove, { ...remove, requestID: name.repeat(11_000) }],
    status: 413,
    kind: "too-large",
    pointers: ["/1"],
  },
  { title: "an empty list", body: [], status: 422, kind: "against-the-rules", pointers: [""] },
  {
    title: "an empty list of operations",
    body: { operations: [] },
    status: 422,
    kind: "against-the-rules",
    pointers: ["/operations"],
  },
  {
    title: "501 operations",
    body: Array.from({ length: 501 }, () => remove),
    status: 422,
    kind: "against-the-rules",
    pointers: [""],
  },
  {
    title: "an unknown key beside the operations",
    body: { operations: [remove], [name]: 1 },
    status: 422,
    kind: "against-the-rules",
    pointers: [""],
  },
  {
    title: "an unknown key in a command",
    body: { ...remove, [name]: 1 },
    status: 422,
    kind: "against-the-rules",
    pointers: [""],
  },
  {
    title: "an unknown key in a step",
    body: [remove, { user, do: [{ createFederatedID: { ...federated, [name]: 1 } }] }],
    status: 422,
    kind: "against-the-rules",
    pointers: ["/1/do/0/createFederatedID"],
  },
  {
    title: "an unknown step",
    body: [{ user, do: [{ [name]: {} }] }],
    status: 422,
    kind: "against-the-rules",
    pointers: ["/0/do/0"],
  },
  {
    title: "two steps in one",
    body: { user, do: [{ createFederatedID: federated, removeFromOrg: {} }] },
    status: 422,
    kind: "against-the-rules",
    pointers: ["/do/0"],
  },
  {
    title: "missing fields, all at once",
    body: [remove, { user, do: [{ createFederatedID: { email: user } }] }],
    status: 422,
    kind: "against-the-rules",
    pointers: [
      "/1/do/0/createFederatedID/country",
      "/1/do/0/createFederatedID/firstname",
      "/1/do/0/createFederatedID/lastname",
    ],
  },
  {
    title: "the deletion of an account",
    body: { user, do: [{ removeFromOrg: { deleteAccount: true } }] },
    status: 422,
    kind: "against-the-rules",
    pointers: ["/do/0/removeFromOrg/deleteAccount"],
  },
];

describe("a call is refused, with a problem that repeats nothing of it, for", () => {
  test.each(refusals)("$title: $status", async ({ body, query, headers, status, kind, pointers }) => {
    const answer = await api.post(body, query, headers);
    const errors = pointers?.map((pointer) => ({ pointer, detail: expect.any(String) }));
    expect(answer).toEqual({
      status,
      replayed: false,
      contentType: "application/problem+json",
      body: {
        type: `urn:problem-type:umapi-workers:${kind}`,
        title: expect.any(String),
        status,
        detail: expect.stringMatching(/\S.*\.$/),
        ...(errors && { errors: expect.toSatisfy((found) => isSameSet(found, errors)) }),
      },
    });
    expect(JSON.stringify(answer)).not.toContain(name);
  });

  test("an operation that does not exist: 404", async () => {
    expect(await api.get("/01nosuchoperation")).toMatchObject({
      status: 404,
      contentType: "application/problem+json",
      body: { type: "urn:problem-type:umapi-workers:not-found", status: 404 },
    });
  });

  test("a listing by a status that does not exist: 400", async () => {
    expect(await api.get("?status=done")).toMatchObject({ status: 400, contentType: "application/problem+json" });
  });

  test("a route that does not exist: 404, by the gateway itself", async () => {
    expect(await api.get("/a/b")).toMatchObject({ status: 404, body: { message: "Not Found" } });
  });
});

test("nothing of a refused call is queued, sent or printed", async () => {
  expect(await queues.messages()).toBe(0);
  expect(await queues.deadLetters()).toBe(0);
  expect(await api.page("")).toEqual({ operations: [] });
  expect(await sandbox.actionRequests()).toEqual([]);
  expect(program.output).not.toContain(name);
});

describe("a message that is not this service's", () => {
  const poison = [`no JSON, ${name}`, JSON.stringify({ operations: [{ user, do: [] }] }), "{}"];

  test("goes to the dead-letter queue, with the reason", async () => {
    for (const body of poison) await queues.send(body);
    await queues.deadLettered(poison.length);
    await queues.emptied();
    const moved = await queues.readDeadLetters();
    expect(moved.map(({ body }) => body).toSorted()).toEqual(poison.toSorted());
    for (const { reason } of moved) {
      expect(reason).toEqual(expect.any(String));
      expect(reason).not.toContain(name);
    }
  });

  test("holds nobody up, and is not printed", async () => {
    const ids = await api.handIn([createPerson("after.poison@example.com"), createPerson("next@example.com")]);
    for (const { status } of await api.finished(ids)) expect(status).toBe("succeeded");
    expect(program.output).not.toContain(name);
  });
});

/** Equal but for the order. */
function isSameSet(found: unknown, wanted: readonly unknown[]): boolean {
  expect(found).toHaveLength(wanted.length);
  expect(found).toEqual(expect.arrayContaining([...wanted]));
  return true;
}
