import { describe, expect, test } from "vitest";
import samples from "../fixtures/walkthrough.json" with { type: "json" };
import { readExamples } from "../support/examples.ts";

const examples = readExamples();

/** `create-federated-user` for `CreateFederatedUser`. */
const kebab = (name: string) =>
  name
    .replace("AdobeID", "AdobeId")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase();

test.each(examples)(
  "examples/$name.sh says how to run it, says what it does, and runs one command",
  ({ name, text, command }) => {
    const [how, what, exec] = text.split("\n");
    expect(how).toBe(`# sh examples/${name}.sh`);
    expect(what).toMatch(/^# [A-Z].*\.$/);
    expect(exec).toMatch(/^exec npx umapi .*"\$@"/);
    expect(command).toMatch(/^npx umapi /);
  },
);

describe("The examples that submit something", () => {
  const inputs = examples.filter(({ input }) => input !== undefined);

  test("are the walkthrough's, one each", () => {
    expect(inputs.map(({ name }) => name).toSorted()).toEqual(Object.keys(samples).map(kebab).toSorted());
  });

  test.each(Object.entries(samples))("submit what %s does, and may find its user there already", (sample, commands) => {
    const { input } = inputs.find(({ name }) => name === kebab(sample)) ?? {};
    expect([input].flat()).toEqual(commands.map((command) => ({ ...command, do: command.do.map(withOption) })));
  });
});

/** A step as it is, a create with the option that lets it be repeated. */
function withOption(step: object): object {
  return Object.fromEntries(
    Object.entries(step).map(([name, fields]) => [
      name,
      /^(create|addAdobeID)/.test(name) ? { ...fields, option: "ignoreIfAlreadyExists" } : fields,
    ]),
  );
}
