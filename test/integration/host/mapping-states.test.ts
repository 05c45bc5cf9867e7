import { LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, onTestFinished, test } from "vitest";
import { clientOptions } from "../../../infra/local/host/endpoints.ts";
import { Mappings } from "../../../shared/sweep/mappings.ts";
import { lambda, writeAssembly } from "./support/assembly.ts";
import { fifoQueues, mapping, runAws } from "./support/aws.ts";
import { runHost } from "./support/run.ts";

/** A stack with one mapping, and what sees whether it is on. */
async function stackWith(properties: object) {
  const { endpoints } = await runAws();
  const resources = { Worker: lambda("code", { Timeout: 20 }), ...fifoQueues(), ...mapping(properties) };
  const code = "export const handler = async () => undefined;";
  const { host } = await runHost(writeAssembly(resources, { code }), { endpoints });
  const client = new LambdaClient(clientOptions(endpoints.lambda));
  onTestFinished(() => client.destroy());
  return { ofMapping: host.stack.ref("Messages") ?? "", look: (...ids: string[]) => new Mappings(client, ids).look() };
}

describe("a function that asks Lambda for the event source mappings of its stack counts", () => {
  test.each([
    ["none where one is on by default", {}, 0],
    ["none where one is on", { Enabled: true }, 0],
    ["one that is off", { Enabled: false }, 1],
    ["one that is off in words", { Enabled: "false" }, 1],
  ])("%s", async (_, properties, mappings) => {
    const { ofMapping, look } = await stackWith(properties);
    expect(await look(ofMapping)).toEqual({ kind: "mappings off", mappings });
  });

  test("those that are gone", async () => {
    const { ofMapping, look } = await stackWith({});
    expect(await look("gone", ofMapping, "gone/too")).toEqual({ kind: "mappings off", mappings: 2 });
  });
});
