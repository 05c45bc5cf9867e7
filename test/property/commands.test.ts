import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Accepted } from "../../shared/submit/accept.ts";
import { parseSubmission } from "../../shared/submit/parse.ts";
import { checkCommand } from "../../shared/umapi/check-command.ts";
import { commandForm } from "../../shared/umapi/command-form.ts";
import { stepFacts } from "../../shared/umapi/steps/facts.ts";
import { arbitraryCommand } from "../support/arbitrary-commands.ts";
import { runs } from "../support/runs.ts";

const rules = { allowAccountDeletion: false };
const submit = (body: string): Accepted =>
  parseSubmission({ contentType: "application/json", body, isBase64Encoded: false, query: {}, receivedAt: 0 }, rules);

test("Arbitrary commands have every step of the catalogue", () => {
  const commands = fc.sample(arbitraryCommand(), { numRuns: 200, seed: 1 });
  const made = (root: "user" | "usergroup") =>
    new Set(commands.flatMap((command) => (root in command ? command.do.flatMap((step) => Object.keys(step)) : [])));
  expect(made("user")).toEqual(new Set(stepFacts.user.keys()));
  expect(made("usergroup")).toEqual(new Set(stepFacts.usergroup.keys()));
});

describe("lawful commands", () => {
  test("are accepted as they were submitted", () => {
    fc.assert(
      fc.property(arbitraryCommand(), (command) => {
        expect(checkCommand(command)).toEqual({ ok: true, command });
      }),
    );
  });

  test("are read by their form as they were submitted", () => {
    fc.assert(
      fc.property(arbitraryCommand(), (command) => {
        expect(commandForm.parse(JSON.parse(JSON.stringify(command)))).toEqual(command);
      }),
    );
  });

  test("come out of a call in the order they went in, in each of its three forms", () => {
    fc.assert(
      fc.property(fc.array(arbitraryCommand({ maxSteps: 12 }), { minLength: 1, maxLength: 20 }), (commands) => {
        const accepted = (all: unknown) => ({ ok: true, submission: { commands: all, testOnly: false } });
        expect(submit(JSON.stringify(commands))).toEqual(accepted(commands));
        expect(submit(JSON.stringify({ operations: commands }))).toEqual(accepted(commands));
        expect(submit(JSON.stringify(commands[0]))).toEqual(accepted([commands[0]]));
      }),
    );
  });
});

/** Occurs in no text of our own. */
const secret = "qx7Zk9";

const umapiWords = [
  "user",
  "usergroup",
  "domain",
  "useAdobeID",
  "requestID",
  "do",
  "operations",
  ...stepFacts.user.keys(),
  ...stepFacts.usergroup.keys(),
  "email",
  "firstname",
  "country",
  "option",
  "group",
  "productConfiguration",
  "name",
  "__proto__",
  "constructor",
  "toString",
];

/** JSON whose every string and unknown key carries the mark, within the words that UMAPI knows. */
const marked = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(secret, `${secret}@example.com`, `  ${secret}`, `_${secret}\u0000`, `\ud800${secret}`),
    fc.constantFrom(null, true, 1e308, -0, secret.repeat(60)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...umapiWords), fc.constantFrom(secret, `${secret}@b.c`)), tie("value"), {
      maxKeys: 5,
    }),
  ),
})).value;

/** A lawful command with one of its parts replaced, doubled or taken out. */
const nearlyLawful = fc
  .tuple(arbitraryCommand(), fc.nat(), fc.constantFrom("replace", "remove", "add", "double"), marked)
  .map(([command, place, change, value]) => {
    const copy: unknown = structuredClone(command);
    const holders = holdersIn(copy);
    const holder = holders[place % holders.length];
    if (Array.isArray(holder)) {
      if (change === "remove") holder.pop();
      else holder.push(change === "double" ? holder[0] : value);
    } else if (holder !== undefined) {
      const keys = Object.keys(holder);
      const key = change === "add" ? secret : (keys[place % keys.length] ?? secret);
      if (change === "remove") delete holder[key];
      else holder[key] = value;
    }
    return copy;
  });

function holdersIn(value: unknown): (unknown[] | Record<string, unknown>)[] {
  if (Array.isArray(value)) return [value, ...value.flatMap(holdersIn)];
  if (!isRecord(value)) return [];
  return [value, ...Object.values(value).flatMap(holdersIn)];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function expectSilence(parsed: Accepted): void {
  if (parsed.ok) return;
  expect(parsed.problem.status).toBeOneOf([400, 413, 422]);
  expect(JSON.stringify(parsed.problem)).not.toContain(secret);
}

describe("whatever is submitted", () => {
  test("is answered, and a refusal repeats neither values nor unknown keys", () => {
    fc.assert(
      fc.property(marked, (body) => {
        expectSilence(submit(JSON.stringify(body)));
      }),
      { numRuns: runs(500) },
    );
  });

  test("is answered without a word of its content, even if it is nearly lawful", () => {
    fc.assert(
      fc.property(nearlyLawful, (body) => {
        expectSilence(submit(JSON.stringify([body])));
      }),
      { numRuns: runs(500) },
    );
  });

  test("is refused with pointers to its parts, or to a field that it lacks", () => {
    fc.assert(
      fc.property(nearlyLawful, (body) => {
        const parsed = submit(JSON.stringify({ operations: [body] }));
        if (parsed.ok) return;
        for (const { pointer } of parsed.problem.errors ?? []) {
          const path = pointer.split("/").slice(1);
          expect(holds({ operations: [body] }, path.slice(0, -1)), pointer).toBe(true);
        }
      }),
    );
  });

  test("is answered if it is not JSON at all", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json().chain(cut), fc.constant(`{"${secret}`)), (body) => {
        expectSilence(submit(body));
      }),
    );
  });

  test("is answered if it is not text at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const body = Buffer.from(bytes).toString("base64");
        const parsed = parseSubmission(
          { contentType: "application/json", body, isBase64Encoded: true, query: {}, receivedAt: 0 },
          rules,
        );
        expect(parsed.ok).toBe(false);
      }),
    );
  });
});

const cut = (text: string) => fc.nat(text.length).map((length) => text.slice(0, length) + secret);

function holds(value: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return isRecord(value) && Object.hasOwn(value, key) && holds(value[key], rest);
}
