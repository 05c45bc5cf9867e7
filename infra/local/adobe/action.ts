import { isObject } from "./field-rules.ts";
import type { Organisation } from "./organisation.ts";
import { type Random, shuffled } from "./randomness.ts";
import { type AdobeRequest, type HttpReply, json } from "./reply.ts";
import { type CommandResult, type ForcedFailure, runCommand } from "./run-command.ts";

const MAX_COMMANDS = 10;

/** The body of an action request, read once for the record, the faults and the work itself. */
export type ActionBody =
  | { readonly kind: "commands"; readonly commands: readonly unknown[] }
  | { readonly kind: "malformed"; readonly message: string };

export function readActionBody(body: Buffer | string): ActionBody {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return { kind: "malformed", message: "The request body is not JSON" };
  }
  if (!Array.isArray(value)) return { kind: "malformed", message: "The request body must be a JSON array" };
  return { kind: "commands", commands: value };
}

/** The order in which the commands of one request are carried out. */
export type CommandOrder = "any" | "kept";

/** Carries out an action request that is authorised and within the quota. */
export function answerAction(
  request: AdobeRequest,
  at: {
    readonly body: ActionBody;
    readonly organisation: Organisation;
    readonly order: CommandOrder;
    readonly random: Random;
    readonly testMode: boolean;
    /** The failure to simulate for a command, if any. */
    readonly forced: (command: unknown) => ForcedFailure | undefined;
  },
): HttpReply {
  const type = request.headers["content-type"];
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    return malformed(`Content-Type must be application/json, not ${type}`);
  }
  if (at.body.kind === "malformed") return malformed(at.body.message);
  const { commands } = at.body;
  if (commands.length === 0) return malformed("The request holds no command");
  if (commands.length > MAX_COMMANDS) {
    return malformed(`Too many commands: ${commands.length}, maximum ${MAX_COMMANDS}`);
  }
  const results = new Map<number, CommandResult>();
  // UMAPI docs: the order in which the commands of one request are carried out is not guaranteed.
  const inOrder = [...commands.keys()];
  for (const index of at.order === "kept" ? inOrder : shuffled(at.random, inOrder)) {
    const forced = at.forced(commands[index]);
    const { organisation, testMode } = at;
    results.set(index, runCommand(commands[index], { organisation, testMode, ...(forced && { forced }) }));
  }
  return json(200, summary(commands, results, at.testMode));
}

function summary(commands: readonly unknown[], results: ReadonlyMap<number, CommandResult>, testMode: boolean) {
  const ordered = [...results].sort(([a], [b]) => a - b);
  const errors = ordered.flatMap(([index, { error }]) =>
    error === undefined
      ? []
      : [
          {
            index,
            ...(error.step === undefined ? {} : { step: error.step }),
            ...origin(commands[index]),
            message: error.message,
            errorCode: error.code,
          },
        ],
  );
  const warnings = ordered.flatMap(([index, { deprecatedSteps }]) =>
    deprecatedSteps.map((step) => ({
      warningCode: "warning.command.deprecated",
      index,
      step,
      ...origin(commands[index]),
      message: "'product' command is deprecated. Please use productConfiguration.",
    })),
  );
  const done = commands.length - errors.length;
  return {
    result: errors.length === 0 ? "success" : done === 0 ? "error" : "partial",
    completed: testMode ? 0 : done,
    notCompleted: errors.length,
    completedInTestMode: testMode ? done : 0,
    ...(errors.length > 0 && { errors }),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** The part of its command that an entry of `errors` or `warnings` repeats; `user` is the root, also for groups. */
function origin(command: unknown): { requestID?: string; user?: string } {
  if (!isObject(command)) return {};
  const root = command["user"] ?? command["usergroup"];
  const requestID = command["requestID"];
  return {
    ...(typeof requestID === "string" && { requestID }),
    ...(typeof root === "string" && { user: root }),
  };
}

function malformed(message: string): HttpReply {
  return json(400, { result: "error.command.malformed", message });
}
