import type { CommandError, CommandMatch, FaultEffect, FaultTarget, PlannedFault } from "./fault.ts";
import { isObject, type JsonObject, present } from "./field-rules.ts";
import { InputError } from "./input-error.ts";

const KEYS = [
  ...["on", "command", "status", "effect", "errorCode", "message", "step"],
  ...["retryAfter", "body", "contentType", "times", "after"],
];

const targets: readonly FaultTarget[] = ["action", "users", "groups", "token", "record"];

/** Reads the body of `POST /_sandbox/faults`. @throws InputError */
export function parseFaults(value: unknown): PlannedFault[] {
  if (!Array.isArray(value)) throw new InputError("A JSON array of faults is expected; [] clears them");
  return value.map((entry: unknown, index) => parseFault(entry, index));
}

function parseFault(entry: unknown, index: number): PlannedFault {
  if (!isObject(entry)) throw new InputError(`[${index}]: must be an object`);
  const unknown = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new InputError(`[${index}].${unknown}: unknown key, expected ${KEYS.join(", ")}`);
  const fields = new Fields(entry, `[${index}]`);
  const on = targetOf(fields);
  const command = commandOf(fields, on);
  return {
    on,
    ...(command === undefined ? {} : { command }),
    effect: effectOf(fields, command),
    times: fields.integer("times", { min: 1 }) ?? 1,
    after: fields.integer("after", { min: 0 }) ?? 0,
    entry,
  };
}

function targetOf(fields: Fields): FaultTarget {
  const on = fields.value("on");
  const target = targets.find((each) => each === on);
  if (target !== undefined) return target;
  throw fields.error("on", '"action", "users", "groups", "token" or "record"');
}

function commandOf(fields: Fields, on: FaultTarget): CommandMatch | undefined {
  const command = fields.value("command");
  if (command === undefined) return undefined;
  if (on !== "action") throw fields.error("command", 'absent unless "on" is "action"');
  const expected = '{"user": "…"} or {"usergroup": "…"}';
  if (!isObject(command) || Object.keys(command).length !== 1) throw fields.error("command", expected);
  const { user, usergroup } = command;
  if (typeof user === "string") return { root: "user", name: user };
  if (typeof usergroup === "string") return { root: "usergroup", name: usergroup };
  throw fields.error("command", expected);
}

function effectOf(fields: Fields, command: CommandMatch | undefined): FaultEffect | CommandError {
  const [kind, ...others] = ["status", "effect", "errorCode"].filter((key) => fields.value(key) !== undefined);
  if (kind === undefined || others.length > 0) {
    throw new InputError(`${fields.pointer}: exactly one of status, effect and errorCode is expected`);
  }
  if (kind === "errorCode") return commandErrorOf(fields, command);
  fields.absent(["step"], "errorCode");
  if (kind === "effect") {
    fields.absent(["retryAfter", "body", "contentType", "message"], "status");
    return cutOf(fields);
  }
  const status = fields.integer("status", { min: 200, max: 599 });
  if (status === undefined) throw fields.error("status", "an integer from 200 to 599");
  return {
    kind: "status",
    status,
    ...present({
      retryAfter: retryAfterOf(fields),
      body: fields.value("body"),
      contentType: headerValue(fields, "contentType"),
      message: fields.text("message"),
    }),
  };
}

function commandErrorOf(fields: Fields, command: CommandMatch | undefined): CommandError {
  if (command === undefined) throw fields.error("command", "present with errorCode");
  fields.absent(["retryAfter", "body", "contentType"], "status");
  const errorCode = fields.text("errorCode") ?? "";
  return {
    kind: "command-error",
    errorCode,
    message: fields.text("message") ?? `Failed as asked: ${errorCode}`,
    ...present({ step: fields.integer("step", { min: 0 }) }),
  };
}

function cutOf(fields: Fields): FaultEffect {
  const kind = fields.value("effect");
  if (kind === "reset" || kind === "hang" || kind === "applied-then-reset") return { kind };
  throw fields.error("effect", '"reset", "hang" or "applied-then-reset"');
}

function retryAfterOf(fields: Fields): number | string | undefined {
  const value = fields.value("retryAfter");
  if (typeof value === "string") return headerValue(fields, "retryAfter");
  if (value === undefined || (typeof value === "number" && value >= 0)) return value;
  throw fields.error("retryAfter", "seconds from 0 on, or a string");
}

function headerValue(fields: Fields, key: string): string | undefined {
  const value = fields.text(key);
  if (value === undefined || /^[\x20-\x7e]*$/.test(value)) return value;
  throw fields.error(key, "a header value of printable ASCII");
}

class Fields {
  readonly pointer: string;
  readonly #entry: JsonObject;

  constructor(entry: JsonObject, pointer: string) {
    this.#entry = entry;
    this.pointer = pointer;
  }

  value(key: string): unknown {
    return this.#entry[key];
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === "string") return value;
    throw this.error(key, "a string");
  }

  integer(key: string, { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    throw this.error(
      key,
      max === Number.MAX_SAFE_INTEGER ? `an integer from ${min} on` : `an integer from ${min} to ${max}`,
    );
  }

  absent(keys: readonly string[], owner: string): void {
    const key = keys.find((each) => this.value(each) !== undefined);
    if (key !== undefined) throw this.error(key, `absent unless "${owner}" is given`);
  }

  error(key: string, expected: string): InputError {
    return new InputError(`${this.pointer}.${key}: must be ${expected}, not ${JSON.stringify(this.value(key))}`);
  }
}
