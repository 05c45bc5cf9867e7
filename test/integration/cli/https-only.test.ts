import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { OperationsClient } from "../../../client/operations-client.ts";
import { signed } from "../../../client/signed.ts";
import { newFolder } from "../../support/folders.ts";
import { runUmapi } from "../../support/run-umapi.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();
/** Where the server is found as well, by a name that is not one of this machine's own three. */
const exposed = server.url.replace("127.0.0.1", "0.0.0.0");
const folder = newFolder();
afterAll(folder.remove);
const credentialsFile = join(folder.path, "adobe.json");
writeFileSync(credentialsFile, JSON.stringify({ orgId: "1@AdobeOrg", clientId: "1", clientSecret: "p8e-secret" }));

const refused = "must begin with https://; http is for this machine alone";
const elsewhere = [
  exposed,
  "http://umapi.example.com",
  "http://abc123.execute-api.eu-west-1.amazonaws.com/v1/operations",
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example:3000",
  "http://localhost.:3000",
  "http://192.168.1.7:3000",
  "http://[::ffff:127.0.0.1]:3000",
  "HTTP://UMAPI.EXAMPLE.COM",
];

describe("what is secret leaves this machine over https only", () => {
  test.each(elsewhere)("neither operations nor credentials go to %s", async (url) => {
    const asked: string[] = [];
    const fetch = (target: string) => {
      asked.push(target);
      return Promise.reject(new TypeError("fetch failed"));
    };
    const list = await runInProcess(["list", "--url", url], { fetch });
    expect(list.error).toMatchObject({ name: "CommandError", message: expect.stringContaining(`--url ${refused}`) });
    const args = ["token", "--credentials", credentialsFile, "--adobe-url", url];
    const token = await runInProcess(args, { fetch });
    expect(token.error).toMatchObject({ name: "CommandError", message: expect.stringContaining(`-url ${refused}`) });
    expect(asked).toEqual([]);
  });

  test.each(["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000", "HTTP://LOCALHOST:3000"])(
    "but operations go to %s, which is this machine",
    async (url) => {
      const asked: string[] = [];
      const { error } = await runInProcess(["list", "--json", "--url", url], {
        fetch: async (target) => {
          asked.push(target);
          return Response.json({ operations: [] });
        },
      });
      expect(error).toBeUndefined();
      expect(asked).toEqual([`${url.toLowerCase()}/v1/operations?limit=200`]);
    },
  );

  test.each([
    ["into the local stack, with AWS_ENDPOINT_URL", [], { AWS_ENDPOINT_URL: exposed }],
    ["into the local stack, by its own variable", [], { AWS_ENDPOINT_URL_SECRETS_MANAGER: exposed }],
    ["into AWS, with AWS_ENDPOINT_URL", ["--aws"], { AWS_ENDPOINT_URL: exposed }],
    ["into AWS, by a profile", ["--aws"], { AWS_CONFIG_FILE: join(folder.path, "config") }],
  ])("no secret is put %s", async (_, flags, environment) => {
    server.answer(() => ({ status: 200, body: {} }));
    writeFileSync(join(folder.path, "config"), `[default]\nendpoint_url = ${exposed}\n`);
    const program = runUmapi(["import-config", credentialsFile, "--secret", "adobe", ...flags], folder.path, {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "Quillfeather",
      ...environment,
    });
    expect(await program.exited).toBe(1);
    expect(program.stderr).toContain(refused);
    expect(server.requests).toEqual([]);
  });

  test("and no signature is made for such an address", async () => {
    const credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "Quillfeather" });
    const signing = { region: "eu-west-1", credentials, now: Date.now };
    server.answer(() => ({ status: 200 }));
    for (const url of [
      exposed,
      "http://umapi.example.com/v1/operations",
      "ftp://abc.execute-api.eu-west-1.amazonaws.com/",
    ])
      await expect(signed(url, { method: "GET", headers: {} }, signing)).rejects.toThrow(refused);
    expect(server.requests).toEqual([]);
  });
});

describe("an address that sends on to another gets nothing sent there", () => {
  test.each([301, 302, 303, 307, 308])("by %i", async (status) => {
    const other = await recordingServer();
    server.answer(() => ({ status, headers: { location: `${other.url}/v1/operations` } }));
    const list = await runInProcess(["list", "--url", server.url], { fetch });
    expect(list.error).toMatchObject({ message: expect.stringContaining("sends on to another address") });
    const token = await runInProcess(["token", "--credentials", credentialsFile, "--adobe-url", server.url], { fetch });
    expect(token.error).toMatchObject({ message: expect.stringContaining(`answered ${status} without a token`) });
    const client = new OperationsClient({ url: server.url, token: async () => "Quillfeather" });
    await expect(client.lane()).rejects.toMatchObject({ code: "unexpected-answer" });
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer Quillfeather");
    expect(server.requests).toHaveLength(3);
    expect(other.requests).toEqual([]);
  });
});
