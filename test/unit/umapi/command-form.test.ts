import { describe, expect, test } from "vitest";
import { commandForm } from "../../../shared/umapi/command-form.ts";

const onUser = (...steps: unknown[]) => ({ user: "ada", do: steps });
const onGroup = (...steps: unknown[]) => ({ usergroup: "P", do: steps });

describe("a command is read by its form", () => {
  test.each<[string, unknown]>([
    ["whatever its texts are", onUser({ addAdobeID: { email: "", country: "us", firstname: " " } })],
    ["whatever the order of its steps", onUser({ removeFromOrg: {} }, { addAdobeID: { email: "ada" } })],
    ["with a key in a step that no rule knows", onUser({ update: { firstname: "A", title: "B" } })],
    [
      "with a name twice, and an empty list beside another",
      onGroup({ add: { user: ["a", "A"], productConfiguration: [] } }),
    ],
    [
      "with all kinds of steps on a group",
      onGroup({ createUserGroup: {} }, { updateUserGroup: {} }, { deleteUserGroup: {} }),
    ],
  ])("%s", (_, command) => {
    expect(commandForm.parse(command)).toEqual(command);
  });

  test.each<[string, unknown]>([
    ["without a step", onUser()],
    ["with an entry of no step", onUser({})],
    ["with an entry of two steps", onUser({ remove: "all", update: {} })],
    ["with a step that the root does not have", onUser({ createUserGroup: {} })],
    ["with a step that nobody has", onUser({ noSuchStep: {} })],
    ["with a number in the place of a text", onUser({ update: { email: 7 } })],
    ["with lists of nothing, which would never be done", onUser({ add: { group: [] } })],
    ["without a field that the step is made of", onUser({ createFederatedID: { email: "ada@example.com" } })],
    ["of no root", { do: [{ remove: "all" }] }],
  ])("but not %s", (_, command) => {
    expect(commandForm.safeParse(command).success).toBe(false);
  });
});
