import { request } from "node:http";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { httpApi, lambda, writeAssembly } from "./support/assembly.ts";
import { runHost } from "./support/run.ts";

const routing = z.object({
  routeKey: z.string(),
  pathParameters: z.optional(z.record(z.string(), z.string())),
});

const echo = "export const handler = async (event) => event";

/** Runs an API whose every route answers with the event that it got. */
async function echoApi(routes: readonly string[], options: { stage?: string } = {}): Promise<string> {
  const api = httpApi(Object.fromEntries(routes.map((routeKey) => [routeKey, "Echo"])), options);
  const { host } = await runHost(writeAssembly({ Echo: lambda("echo"), ...api }, { echo }));
  return host.apiUrl;
}

/** Runs an API whose only route answers with what this function body returns. */
async function answering(body: string): Promise<Response> {
  const code = `export const handler = async () => { ${body} }`;
  const { host } = await runHost(
    writeAssembly({ Worker: lambda("code"), ...httpApi({ $default: "Worker" }) }, { code }),
  );
  return fetch(host.apiUrl);
}

describe("the route that answers a request", () => {
  const routes = [
    "$default",
    "ANY /{proxy+}",
    "GET /v1/operations",
    "POST /v1/operations",
    "GET /v1/operations/{id}",
    "GET /v1/operations/latest",
    "ANY /v1/operations/{id}",
    "POST /v1/operations/{id}/retry",
    "GET /files/{path+}",
  ];
  test("is the most specific for path and method", async () => {
    const url = await echoApi(routes);
    const routed = async (method: string, path: string) => {
      return routing.parse(await (await fetch(url + path, { method })).json());
    };
    expect(await routed("GET", "/v1/operations")).toEqual({ routeKey: "GET /v1/operations" });
    expect(await routed("POST", "/v1/operations?testOnly=true")).toEqual({ routeKey: "POST /v1/operations" });
    expect(await routed("GET", "/v1/operations/a%20b")).toEqual({
      routeKey: "GET /v1/operations/{id}",
      pathParameters: { id: "a b" },
    });
    expect(await routed("GET", "/v1/operations/latest")).toEqual({ routeKey: "GET /v1/operations/latest" });
    expect(await routed("PUT", "/v1/operations/7")).toMatchObject({ routeKey: "ANY /v1/operations/{id}" });
    expect(await routed("POST", "/v1/operations/7/retry")).toMatchObject({ pathParameters: { id: "7" } });
    expect(await routed("GET", "/files/a/b.txt")).toEqual({
      routeKey: "GET /files/{path+}",
      pathParameters: { path: "a/b.txt" },
    });
    expect(await routed("DELETE", "/v1/operations")).toMatchObject({ pathParameters: { proxy: "v1/operations" } });
    expect(await routed("GET", "/")).toEqual({ routeKey: "$default" });
  });

  test("is none where path or method is not in the template: 404", async () => {
    const url = await echoApi(["POST /v1/operations", "GET /v1/operations/{id}"]);
    for (const [method, path] of [
      ["GET", "/v1/operations"],
      ["POST", "/v1/operations/7"],
      ["GET", "/v1/operations/7/more"],
      ["GET", "/v1/operations/"],
      ["POST", "/"],
    ] as const) {
      const response = await fetch(url + path, { method });
      expect({ status: response.status, body: await response.json() }).toEqual({
        status: 404,
        body: { message: "Not Found" },
      });
    }
  });

  test("lies under the stage's name, unless that is $default", async () => {
    const url = await echoApi(["GET /v1/operations"], { stage: "live" });
    const event = await (await fetch(`${url}/live/v1/operations`)).json();
    expect(event).toMatchObject({ rawPath: "/live/v1/operations", requestContext: { stage: "live" } });
    expect((await fetch(`${url}/v1/operations`)).status).toBe(404);
  });
});

describe("GET /", () => {
  test("says what the API is, and names the routes of the template", async () => {
    const url = await echoApi(["POST /v1/operations", "GET /v1/operations/{id}"]);
    for (const path of ["", "/", "/?pretty"]) {
      const response = await fetch(url + path);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
      expect(await response.json()).toEqual({
        server: "umapi-workers API",
        endpoints: ["POST /v1/operations", "GET /v1/operations/{id}"],
      });
    }
  });

  test("names routes with the stage that they are in", async () => {
    const url = await echoApi(["GET /v1/operations"], { stage: "live" });
    expect(await (await fetch(url)).json()).toMatchObject({ endpoints: ["GET /live/v1/operations"] });
  });

  test.each(["GET /", "ANY /", "$default"])("is left to the template where it has %s", async (routeKey) => {
    const event = await (await fetch(await echoApi(["POST /v1/operations", routeKey]))).json();
    expect(event).toMatchObject({ routeKey });
  });
});

describe("the event of payload format 2.0", () => {
  test("tells of a request with everything in it", async () => {
    const url = await echoApi(["POST /v1/{kind}"]);
    const { host } = new URL(url);
    const response = await fetch(`${url}/v1/a%20b?x=1&y=%2F&x=2`, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8", Cookie: "a=1; b=2", "User-Agent": "tester" },
      body: '{"é":1}',
    });
    expect(await response.json()).toEqual({
      version: "2.0",
      routeKey: "POST /v1/{kind}",
      rawPath: "/v1/a b",
      rawQueryString: "x=1&y=%2F&x=2",
      cookies: ["a=1", "b=2"],
      headers: expect.objectContaining({
        "content-type": "application/json; charset=utf-8",
        host,
        "user-agent": "tester",
      }),
      queryStringParameters: { x: "1,2", y: "/" },
      pathParameters: { kind: "a b" },
      requestContext: {
        accountId: "000000000000",
        apiId: "local",
        domainName: host,
        domainPrefix: "127",
        http: { method: "POST", path: "/v1/a b", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "tester" },
        requestId: response.headers.get("apigw-requestid"),
        routeKey: "POST /v1/{kind}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  test("leaves out what a request has not", async () => {
    const event = await (await fetch(await echoApi(["$default"]))).json();
    expect(event).toMatchObject({ rawPath: "/", rawQueryString: "", isBase64Encoded: false });
    for (const absent of ["cookies", "queryStringParameters", "pathParameters", "body", "headers.cookie"]) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  test.each([
    ["a+b@example.com", "a b@example.com"],
    ["a%2Bb@example.com", "a+b@example.com"],
    ["a%2bb%20c%40EXAMPLE.com", "a+b c@EXAMPLE.com"],
  ])("has a query's values decoded, a plus sign as a space: %s", async (value, decoded) => {
    const event = await (await fetch(`${await echoApi(["$default"])}/?user=${value}`)).json();
    expect(event).toMatchObject({ rawQueryString: `user=${value}`, queryStringParameters: { user: decoded } });
  });

  test("joins a header that is sent twice, in lower case", async () => {
    const url = await echoApi(["$default"]);
    const event: unknown = await new Promise((resolve, reject) => {
      request(url, { headers: { "X-Twice": ["one", "two"] } }, async (response) => {
        resolve(JSON.parse((await response.toArray()).join("")));
      })
        .on("error", reject)
        .end();
    });
    expect(event).toMatchObject({ headers: { "x-twice": "one,two" } });
  });

  test.each([
    ["text/plain", false],
    ["text/csv; charset=utf-8", false],
    ["application/json", false],
    ["Application/JSON;charset=utf-8", false],
    ['application/json; charset="UTF-8"; profile=x', false],
    ["application/json; charset=iso-8859-1", true],
    ["text/plain; charset=windows-1252", true],
    ["application/xml", false],
    ["application/javascript", false],
    ["application/scim+json", true],
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
    ["application/jsonlines", true],
    ["", true],
  ])("of a body of type %j is in base64: %j", async (type, encoded) => {
    const url = await echoApi(["$default"]);
    const body = new TextEncoder().encode("payload");
    const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
    const event = await (await fetch(url, { method: "POST", body, headers })).json();
    expect(event).toMatchObject({ body: encoded ? btoa("payload") : "payload", isBase64Encoded: encoded });
  });
});

describe("bytes that are not UTF-8", () => {
  const latin1 = Buffer.from('{"name":"Zoë"}', "latin1");
  test.each([
    ["become U+FFFD in a text", "application/json", { body: '{"name":"Zo\ufffd"}', isBase64Encoded: false }],
    [
      "cross as they are in base64",
      "application/scim+json",
      { body: latin1.toString("base64"), isBase64Encoded: true },
    ],
  ])("%s", async (_, type, expected) => {
    const url = await echoApi(["$default"]);
    const response = await fetch(url, { method: "POST", body: latin1, headers: { "content-type": type } });
    expect(await response.json()).toMatchObject(expected);
  });
});

describe("what a function's answer becomes", () => {
  test("status, headers, cookies and body as it says", async () => {
    const response = await answering(`return {
      statusCode: 202, headers: { Location: "/x", "X-Count": 3 }, cookies: ["a=1", "b=2; Secure"], body: "taken" }`);
    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe("/x");
    expect(response.headers.get("x-count")).toBe("3");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2; Secure"]);
    expect(await response.text()).toBe("taken");
  });

  test("bytes, where it is in base64", async () => {
    const response = await answering(`return { statusCode: 200, body: "AP8=", isBase64Encoded: true }`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
  });

  test.each([
    ["an object", `return { hello: "world" }`, '{"hello":"world"}'],
    ["a list", `return [1]`, "[1]"],
    ["a text", `return "hello"`, "hello"],
    ["nothing", ``, "null"],
  ])("a 200 in JSON, where it is %s without a status", async (_, body, text) => {
    const response = await answering(body);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await response.text()).toBe(text);
  });

  test.each([
    ["it throws", `throw new Error("secret detail")`],
    ["its thread ends", `process.exit(1)`],
    ["its status is none", `return { statusCode: "soon" }`],
    ["its body is an object", `return { statusCode: 200, body: {} }`],
    ["a header breaks the line", `return { statusCode: 200, headers: { a: "b\\r\\nc: d" } }`],
    ["a header is a list", `return { statusCode: 200, headers: { a: ["b"] } }`],
  ])("500 without details, where %s", async (_, body) => {
    const response = await answering(body);
    expect([response.status, await response.json()]).toEqual([500, { message: "Internal Server Error" }]);
  });
});

describe("the limits of an HTTP API", () => {
  const megabyte = 1024 * 1024;
  test("a body of 10 MB reaches the function, a larger one is 413", async () => {
    const code = "export const handler = async ({ body }) => ({ length: body.length })";
    const { host } = await runHost(
      writeAssembly({ Worker: lambda("code"), ...httpApi({ $default: "Worker" }) }, { code }),
    );
    const post = (bytes: number) =>
      fetch(host.apiUrl, { method: "POST", headers: { "content-type": "text/plain" }, body: "x".repeat(bytes) });
    expect(await (await post(10 * megabyte)).json()).toEqual({ length: 10 * megabyte });
    const refused = await post(10 * megabyte + 1);
    expect([refused.status, await refused.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  test.each([
    ["30 s after the call, as AWS has it", {}, 30_000],
    ["at the integration's own timeout", { TimeoutInMillis: 5000 }, 5000],
  ])("the caller is told 503 %s", async (_, integration, timeoutMs) => {
    const clock = new SimulatedClock();
    const code = `export const handler = () => { console.log("busy"); return new Promise(() => setTimeout(() => {}, 1e6)); }`;
    const api = httpApi({ $default: "Worker" }, { integration });
    const folder = writeAssembly({ Worker: lambda("code", { Timeout: 60 }), ...api }, { code });
    const { host, recorder } = await runHost(folder, { clock });
    const response = fetch(host.apiUrl);
    await recorder.written("busy");
    await clock.advance(timeoutMs);
    const { status } = await response;
    expect([status, await (await response).json()]).toEqual([503, { message: "Service Unavailable" }]);
    expect(recorder.failures).toEqual([]);
  });

  test("a function that has no free environment is 503", async () => {
    const code = `export const handler = () => { console.log("busy"); return new Promise(() => setTimeout(() => {}, 1e6)); }`;
    const folder = writeAssembly(
      { Worker: lambda("code", { ReservedConcurrentExecutions: 1 }), ...httpApi({ $default: "Worker" }) },
      { code },
    );
    const { host, recorder } = await runHost(folder, { clock: new SimulatedClock() });
    const first = fetch(host.apiUrl).catch(() => "cut");
    await recorder.written("busy");
    expect((await fetch(host.apiUrl)).status).toBe(503);
    await host.stop();
    expect(await first).toBe("cut");
  });
});
