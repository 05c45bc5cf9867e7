import { describe, expect, test } from "vitest";
import { readFileText } from "../../support/read-file-text.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";
import { recordingServer } from "./recording-server.ts";

const server = await recordingServer();
const times = { acceptedAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:01.000Z" };
const error = { code: "error.group.not_found", message: "Group not found", step: 1, certain: true, hint: "Create it." };
const create = {
  createFederatedID: {
    email: "jo@example.com",
    firstname: "Jo",
    lastname: "Ray",
    country: "US",
    option: "updateIfAlreadyExists",
  },
};
const add = { add: { group: ["Design", "Print"] } };

interface Served {
  readonly status: "failed" | "succeeded";
  readonly user: string;
  readonly [key: string]: unknown;
}

/** A service that lists operations without their steps, and tells the steps of one operation at a time. */
function serve(operations: Readonly<Record<string, Served>>): void {
  server.answer(({ target }) => {
    const { pathname } = new URL(target, server.url);
    const id = pathname.split("/")[3];
    if (id === undefined) {
      const listed = Object.entries(operations).map(([each, { do: _, domain: __, ...rest }]) => ({
        id: each,
        attempts: 0,
        ...times,
        ...rest,
      }));
      return { status: 200, body: { operations: listed } };
    }
    const operation = operations[id];
    return operation === undefined
      ? { status: 404, body: { type: "urn:problem-type:umapi-workers:not-found", title: "Not found" } }
      : { status: 200, body: { id, attempts: 0, ...times, ...operation } };
  });
}

const list = async (...args: readonly string[]) =>
  await runInProcess(["list", ...args, "--csv", "--url", server.url], { fetch });

describe("umapi list --csv", () => {
  test("writes what has failed, and why, in the form that submit takes", async () => {
    serve({
      "call-000": { status: "failed", user: "jo", domain: "fed.example.com", do: [create, add], error },
      "call-001": { status: "failed", user: "jo@example.com", do: [{ removeFromOrg: {} }], error },
      "call-002": { status: "failed", user: "jo@example.com", useAdobeID: true, do: [add], error },
      "call-003": { status: "succeeded", user: "jo@example.com", do: [{ update: { lastname: "Roe" } }] },
    });
    const { error: thrown, stdout, stderr } = await list("--status", "failed");
    expect({ thrown, stderr }).toEqual({ thrown: undefined, stderr: "" });
    expect(stdout.split("\r\n").slice(0, 2)).toEqual([
      "action,type,email,username,domain,firstname,lastname,country,groups,remove_groups,email_new,if_exists,not_before,failed_code,failed_message,failed_hint,failed_operation",
      'create,federatedID,jo@example.com,jo,fed.example.com,Jo,Ray,US,"Design,Print",,,update,,error.group.not_found,Group not found,Create it.,call-000',
    ]);
    const { entries, faults, warnings } = await readFileText(stdout);
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    expect(entries.map(({ command }) => command)).toEqual([
      { user: "jo", domain: "fed.example.com", do: [create, add] },
      { user: "jo@example.com", do: [{ removeFromOrg: {} }] },
      { user: "jo@example.com", useAdobeID: true, do: [add] },
      { user: "jo@example.com", do: [{ update: { lastname: "Roe" } }] },
    ]);
  });

  test("writes all there are, or as many as are asked for", async () => {
    const one: Served = { status: "failed", user: "jo@example.com", do: [add], error };
    serve(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`call-${index}`, one])));
    expect((await list()).stdout.trimEnd().split("\r\n").length).toBe(61);
    expect((await list("--limit", "3")).stdout.trimEnd().split("\r\n").length).toBe(4);
  });

  test("names those that it cannot write, and fails, so that nobody takes the file for all", async () => {
    serve({
      "call-000": { status: "failed", user: "jo@example.com", do: [{ remove: "all" }], error },
      "call-001": { status: "failed", user: "jo@example.com", do: [add], error },
      "call-002": { status: "failed", user: "jo@example.com", error },
    });
    const { error: thrown, stdout } = await list();
    expect(stdout.trimEnd().split("\r\n").length).toBe(2);
    expect(thrown).toMatchObject({
      name: "CommandError",
      message: [
        "1 operation left out, because a CSV file cannot hold what they do:",
        "  call-000",
        "1 operation left out, because the service does not tell their steps:",
        "  call-002",
      ].join("\n"),
    });
  });

  test("is not to be had together with --json", async () => {
    expect((await list("--json")).stderr).toContain("cannot be used with option");
  });
});
