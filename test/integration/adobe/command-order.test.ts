import { describe, expect, test } from "vitest";
import type { CommandOrder } from "../../../infra/local/adobe/action.ts";
import { enterprise, RunningSandbox } from "./running-sandbox.ts";

/** Commands of which each but the first needs the one before it. */
const dependent = [
  enterprise("ada@example.com"),
  { usergroup: "Crew", do: [{ createUserGroup: {} }] },
  { usergroup: "Crew", do: [{ add: { user: ["ada@example.com"] } }] },
  { usergroup: "Crew", do: [{ updateUserGroup: { name: "Team" } }] },
  { user: "ada@example.com", do: [{ remove: { group: ["Team"] } }] },
  { usergroup: "Team", do: [{ deleteUserGroup: {} }] },
];

/** How many of `requests` such action requests are carried out whole. */
async function carriedOut(requests: number, order?: CommandOrder): Promise<number> {
  const sandbox = await RunningSandbox.start(order === undefined ? {} : { order });
  try {
    let whole = 0;
    for (let request = 0; request < requests; request++) {
      await sandbox.reset();
      const { body } = await sandbox.act(dependent);
      if (JSON.stringify(body).includes('"result":"success"')) whole += 1;
    }
    return whole;
  } finally {
    await sandbox.close();
  }
}

describe("the order of the commands of one request", () => {
  test("is kept where that is asked for", async () => {
    expect(await carriedOut(20, "kept")).toBe(20);
  });

  // One order of 720 carries all of them out: 20 times in a row once in 10^57 runs.
  test.each([undefined, "any" as const])("is not kept by default (%s)", async (order) => {
    expect(await carriedOut(20, order)).toBeLessThan(20);
  });
});
