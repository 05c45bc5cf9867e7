import { describe, expect, test } from "vitest";
import { createPerson } from "../support/commands.ts";
import { runLocalStack } from "../support/local-stack.ts";
import { type RawAnswer, sendRaw } from "../support/raw-http.ts";

const { ports, api, sandbox } = await runLocalStack();

/** A request that changes something, with all that a program has to say. */
interface Request {
  readonly port: number;
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: string;
  readonly answer: number;
}

const json = "Content-Type: application/json";
const servers: readonly (Request & { readonly name: string })[] = [
  {
    name: "the API",
    port: ports.api,
    line: "POST /v1/operations?testOnly=true HTTP/1.1",
    headers: [json],
    body: JSON.stringify(createPerson("jane.doe@example.com")),
    answer: 202,
  },
  {
    name: "the sandbox",
    port: ports.adobe,
    line: "POST /_sandbox/reset HTTP/1.1",
    headers: [json],
    body: "{}",
    answer: 200,
  },
  {
    name: "the AWS endpoint",
    port: ports.aws,
    line: "POST / HTTP/1.1",
    headers: ["X-Amz-Target: AmazonSQS.ListQueues"],
    body: "{}",
    answer: 200,
  },
];

describe.each(servers)("$name", (request) => {
  const { port, answer } = request;
  const own = `Host: localhost:${port}`;

  test.each([
    ["its address", `Host: 127.0.0.1:${port}`],
    ["localhost", own],
    ["the IPv6 address", `Host: [::1]:${port}`],
    ["no port", "Host: localhost"],
    ["upper case", `Host: LocalHost:${port}`],
    ["the port of a tunnel", "Host: 127.0.0.1:8080"],
  ])("answers a program that names it by %s", async (_, host) => {
    expect((await send(request, [host])).status).toBe(answer);
  });

  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "evil.localhost",
    "localhost.",
    "127.0.0.1.",
    "127.0.0.2",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "[::]",
    "[::ffff:127.0.0.1]",
    "localhost@evil.example",
    "evil.example:80@localhost",
    "localhost:80:80",
    "localhost evil.example",
    "localhost,evil.example",
    "",
  ])("refuses a page that reaches it under another name: %j", async (host) => {
    expectRefusal(await send(request, [`Host: ${host}`]), /^This server answers only to the host names 127\.0\.0\.1,/);
  });

  test("refuses a request that names two hosts, another one in its target, or none", async () => {
    expectRefusal(await send(request, [own, "Host: evil.example"]), /names another\.$/);
    expectRefusal(await send(request, ["Host: evil.example", own]), /names another\.$/);
    for (const target of ["http://evil.example/", "ws://evil.example/", "https://localhost.evil.example/"])
      expectRefusal(await send({ ...request, line: `GET ${target} HTTP/1.1` }, [own]), /names another\.$/);
    const old = { ...request, line: request.line.replace("HTTP/1.1", "HTTP/1.0") };
    expectRefusal(await send(old, []), /names no host\.$/);
    expect((await send(old, [own])).status).toBe(answer);
    // HTTP/1.1 has every request name one.
    expect((await send(request, [])).status).toBe(400);
  });

  test.each([
    ["another site", "Origin: https://evil.example"],
    ["another port of this machine", "Origin: http://localhost:5173"],
    ["this machine under its other name", `Origin: http://127.0.0.1:${port}`],
    ["this machine by TLS", `Origin: https://localhost:${port}`],
    ["a sandboxed frame or a file", "Origin: null"],
    ["an extension", "Origin: chrome-extension://abcdefgh"],
    ["a name that begins with its own", `Origin: http://localhost:${port}.evil.example`],
    ["nowhere", "Origin: "],
    ["a form or an image, in a browser that sends no origin", "Sec-Fetch-Site: cross-site"],
    ["another server of this machine", "Sec-Fetch-Site: same-site"],
    ["a place that nobody knows", "Sec-Fetch-Site: "],
  ])("refuses a page of %s", async (_, header) => {
    expectRefusal(await send(request, [own, header]), /a web page from elsewhere sent this request\.$/);
  });

  test("refuses a page whose second header of a kind is the server's own", async () => {
    const both = [own, `Origin: http://localhost:${port}`, "Sec-Fetch-Site: same-origin"];
    for (const header of ["Origin: https://evil.example", "Sec-Fetch-Site: cross-site"])
      expectRefusal(await send(request, [header, ...both]), /a web page from elsewhere/);
  });

  test("answers the address bar, and a page of its own", async () => {
    expect((await send(request, [own, "Sec-Fetch-Site: none"])).status).toBe(answer);
    const page = [`Origin: http://localhost:${port}`, "Sec-Fetch-Site: same-origin"];
    expect((await send(request, [own, ...page])).status).toBe(answer);
  });

  test.each([
    ["for any method", "OPTIONS / HTTP/1.1", ["Access-Control-Request-Method: POST"]],
    ["for the whole server", "OPTIONS * HTTP/1.1", ["Access-Control-Request-Headers: content-type,x-amz-target"]],
    ["for this machine", "OPTIONS / HTTP/1.1", ["Access-Control-Request-Private-Network: true"]],
    ["by a WebSocket", "GET / HTTP/1.1", ["Upgrade: websocket", "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=="]],
  ])("grants no page what it asks for in advance, %s", async (_, line, asks) => {
    const refused = await send({ ...request, line, body: "" }, [own, "Origin: https://evil.example", ...asks]);
    expect(refused.status).toBe(403);
    expect([...refused.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

test("What a page sends reaches nothing: no operation is there, no fault used up, no request recorded", async () => {
  await sandbox.fault({ on: "users", status: 503 });
  const page = ["Host: 127.0.0.1", "Sec-Fetch-Site: cross-site", json];
  const [toApi, toSandbox] = servers;
  if (toApi === undefined || toSandbox === undefined) throw new Error("There are three servers");
  const body = JSON.stringify(createPerson("john.roe@example.com"));
  expect((await send({ ...toApi, line: "POST /v1/operations HTTP/1.1", body }, page)).status).toBe(403);
  for (const line of ["GET /v2/usermanagement/users/x/0 HTTP/1.1", "POST /_sandbox/reset HTTP/1.1"])
    expect((await send({ ...toSandbox, line }, page)).status).toBe(403);

  const { operations } = await api.page("?user=john.roe@example.com");
  expect(operations).toEqual([]);
  expect(await sandbox.faults()).toEqual([{ on: "users", status: 503, times: 1 }]);
  expect(await sandbox.requests()).not.toContainEqual(
    expect.objectContaining({ path: expect.stringContaining("/x/") }),
  );
});

async function send({ port, line, headers, body }: Request, more: readonly string[]): Promise<RawAnswer> {
  const length = [`Content-Length: ${Buffer.byteLength(body)}`, "Connection: close"];
  return await sendRaw(port, [line, ...headers, ...length, ...more], body);
}

function expectRefusal({ status, headers, body }: RawAnswer, sentence: RegExp): void {
  expect([status, headers.get("content-type")]).toEqual([403, "application/problem+json"]);
  const detail = expect.stringMatching(sentence);
  expect(JSON.parse(body)).toEqual({ type: "about:blank", title: "Forbidden", status: 403, detail });
}
