import type { SQSEvent } from "aws-lambda";
import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";
import { Life } from "./life.ts";

/** How texts start that are stored in one of today's forms, and in one that the older functions do not know. */
const today = /^\{"v":([12])\b/;
const newer = /^\{"v":([34])\b/;
/** So much higher is the version of a newer form. */
const step = 2;

/**
 * Two versions of the functions beside each other, as while a deployment goes on. The newer one writes some operations,
 * in rows and in messages, in a form that the older one cannot read; otherwise they are the same.
 */
export class Rollout {
  readonly #random: () => number;
  /** How many of the invocations run the newer version, from 0 to 1. */
  share = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Whether the next invocation runs the newer version. */
  startsNewer(): boolean {
    return this.share > 0 && this.#random() < this.share;
  }

  /** A service as the version of the invocation that asks writes to it and reads from it. */
  around(service: Service): Service {
    return {
      ...service,
      handle: async (action, input, signal): Promise<ServiceAnswer> => {
        if (Life.current?.isNewer !== true) return await service.handle(action, input, signal);
        const answer = await service.handle(action, everyText(input, raised), signal);
        return { ...answer, body: everyText(answer.body, lowered) };
      },
    };
  }
}

/** The messages as the newer version reads them. */
export function asReadByNewer(event: SQSEvent): SQSEvent {
  return { Records: event.Records.map((record) => ({ ...record, body: lowered(record.body) })) };
}

/** A row or a message as today's version would have written it. */
export function lowered(text: string): string {
  return text.replace(newer, (_, version) => `{"v":${Number(version) - step}`);
}

/** One operation in three is of the newer form, and so is its message. */
function raised(text: string): string {
  const isOfNewerForm = [...text.matchAll(/"id":"([0-9a-f]{32}-\d{3})"/g)].some(
    ([, id = ""]) => Number.parseInt(id.slice(-5).replace("-", ""), 16) % 3 === 0,
  );
  return isOfNewerForm ? text.replace(today, (_, version) => `{"v":${Number(version) + step}`) : text;
}

function everyText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => everyText(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, everyText(each, change)]));
}
