import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readConfiguration } from "../../../../cli/config/configuration.ts";
import { tidied } from "../../../../cli/config/tidy.ts";
import { configFolder, values } from "../../../support/config-files.ts";

const { orgId, clientId, clientSecret } = values;
const { write, imported } = configFolder();

/** The walkthrough's file, with these values. */
const ini = (given: Partial<Record<"org_id" | "api_key" | "client_secret", string>>) =>
  [
    "[enterprise]",
    ...Object.entries({ org_id: orgId, api_key: clientId, client_secret: clientSecret, ...given }).map(
      ([name, value]) => `${name} = ${value}`,
    ),
  ].join("\n");

describe("Quotes and whitespace around a value are left out, with a word that names the key", () => {
  const wrappings = [
    '"x"',
    "'x'",
    "“x”",
    "„x“",
    "‘x’",
    "`x`",
    "«x»",
    '" x "',
    "\u00a0x\u00a0",
    "\u200bx",
    "x\ufeff",
    "\"'x'\"",
    "x\t",
  ];

  test.each(wrappings)("%j in JSON", async (wrapping) => {
    const wrapped = (value: string) => wrapping.replace("x", value);
    const text = JSON.stringify({
      ORG_ID: wrapped(orgId),
      CLIENT_ID: clientId,
      CLIENT_SECRETS: [wrapped(clientSecret)],
    });
    const { credentials, notes } = await readConfiguration("a file", text, { key: true });
    expect(credentials).toEqual({ orgId, clientId, clientSecrets: [clientSecret] });
    expect(notes.filter((note) => note.startsWith("ORG_ID: the "))).not.toEqual([]);
    expect(notes.filter((note) => note.startsWith("CLIENT_SECRETS: the "))).not.toEqual([]);
  });

  test.each(['"x"', "'x'", "“x”", '" x "'])("%s in an INI file", async (wrapping) => {
    const text = ini({ client_secret: wrapping.replace("x", clientSecret) });
    const { credentials, notes } = await readConfiguration("a file", text, { key: true });
    expect(credentials.clientSecrets).toEqual([clientSecret]);
    expect(notes).toEqual(["client_secret: the quotes around it are left out."]);
  });

  test("and never of a value that has none: it comes through as it is, without a word", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w@.+/=~!$%^&*(){}<>?,:|\\-]+$/), (value) => {
        for (const field of ["orgId", "clientId", "clientSecret"] as const)
          expect(tidied(field, value)).toEqual({ value, notes: [] });
      }),
    );
  });

  test("the blanks and quotes of a passphrase are its own where the form has quotes already", async () => {
    const text = JSON.stringify({ ...values, privateKeyPassphrase: ' "swordfish" ' });
    const { credentials, notes } = await readConfiguration("a file", text, { key: true });
    expect(credentials.privateKeyPassphrase).toBe(' "swordfish" ');
    expect(notes).toEqual([]);
  });
});

describe("A comment behind a value draws a word", () => {
  test.each([
    ["; production", "a semicolon"],
    ["# production", "a hash"],
    ["// production", "two slashes"],
  ])("%s behind an id, which is left out", async (comment) => {
    const { message, stdout, stderr } = await imported(write("id.config", ini({ api_key: `${clientId} ${comment}` })));
    expect(message).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ clientId });
    expect(stderr).toMatch(/^umapi: warning: api_key: .*comment and left out\.\n$/);
  });

  test.each(["; production", "# production", ";"])(
    "%s behind a secret, which is kept, since it may be a part of it",
    async (comment) => {
      const { credentials, notes } = await readConfiguration(
        "a file",
        ini({ client_secret: `${clientSecret} ${comment}` }),
        { key: true },
      );
      expect(credentials.clientSecrets).toEqual([`${clientSecret} ${comment}`]);
      expect(notes).toEqual([expect.stringMatching(/^client_secret: .*; or #.*kept/)]);
    },
  );

  test.each(['"x" ; production', "'x' # production", "“x”; production"])(
    "%s, where quotes end the secret, is left out",
    async (value) => {
      const { credentials, notes } = await readConfiguration(
        "a file",
        ini({ client_secret: value.replace("x", clientSecret) }),
        { key: true },
      );
      expect(credentials.clientSecrets).toEqual([clientSecret]);
      expect(notes).toEqual([expect.stringMatching(/^client_secret: .*comment/), expect.stringMatching(/quotes/)]);
    },
  );

  test.each(["p8e;x", "p8e#x", "p8e;#x"])("but %s, without a blank, is a secret like any other", (secret) => {
    expect(tidied("clientSecret", secret)).toEqual({ value: secret, notes: [] });
  });
});
