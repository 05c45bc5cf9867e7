import { expect } from "vitest";
import * as z from "zod/mini";
import { acceptedSchema } from "../../shared/api/operation.ts";
import { type Problem, problemSchema } from "../../shared/api/problem.ts";
import type { Operation } from "../../shared/operation/operation.ts";
import { mark } from "./arbitrary-requests.ts";
import { Edge, type EdgeAnswer, type EdgeRequest } from "./edge.ts";
import { strictly } from "./strictly.ts";

/** What every problem of this service is, beyond its form. */
const toldWell = z.object({
  type: z.string().check(z.regex(/^urn:problem-type:umapi-workers:[a-z-]+$/)),
  title: z.string().check(z.minLength(1)),
  detail: z.string().check(z.regex(/\S.*\.$/s)),
  errors: z.exactOptional(
    z
      .array(z.object({ pointer: z.string().check(z.regex(/^(\/|$)/)), detail: z.string().check(z.minLength(1)) }))
      .check(z.minLength(1), z.maxLength(100)),
  ),
  moreErrors: z.exactOptional(z.int().check(z.positive())),
});

/** The answer is problem details with one of these statuses, and repeats nothing of what was sent. */
export function expectProblem(answer: EdgeAnswer, statuses: readonly number[]): Problem {
  expect(statuses, answer.text).toContain(answer.status);
  expect(answer.contentType).toBe("application/problem+json");
  expect(answer.text).not.toContain(mark);
  const problem = strictly(problemSchema, JSON.parse(answer.text));
  toldWell.parse(problem);
  expect(problem.status).toBe(answer.status);
  return problem;
}

/** Nothing was written since the edge was made: no message, no row, no record of a call. */
export async function expectUntouched(edge: Edge): Promise<void> {
  expect(edge.changes).toEqual([]);
  expect(await edge.takeQueued()).toEqual([]);
}

/** The ids of a 202, which repeats nothing of what was sent. */
export function acceptedIds(answer: EdgeAnswer): string[] {
  expect(answer.status, answer.text).toBe(202);
  expect(answer.contentType).toBe("application/json");
  expect(answer.text).not.toContain(mark);
  return strictly(acceptedSchema, JSON.parse(answer.text)).operations.map(({ id }) => id);
}

/** The commands of a body that was accepted, in any of its three forms. */
export function commandsIn(body: Uint8Array): unknown[] {
  const json: unknown = JSON.parse(new TextDecoder().decode(body));
  if (Array.isArray(json)) return json;
  const wrapped = z.object({ operations: z.array(z.unknown()) }).safeParse(json);
  return wrapped.success ? wrapped.data.operations : [json];
}

/** These operations are all that is queued, each once, as they were submitted; each can be asked for. */
export async function expectQueued(
  edge: Edge,
  ids: readonly string[],
  commands: readonly unknown[],
  testOnly: boolean,
): Promise<readonly Operation[]> {
  expect(ids).toHaveLength(commands.length);
  const queued = await edge.takeQueued();
  const byId = new Map<string, Operation>(queued.map((operation) => [operation.id, operation]));
  expect(queued).toHaveLength(byId.size);
  expect([...byId.keys()].toSorted()).toEqual(ids.toSorted());
  for (const [index, id] of ids.entries()) {
    expect(byId.get(id)).toMatchObject({ testOnly, generation: 0 });
    expect(byId.get(id)?.command).toEqual(commands[index]);
  }
  for (const id of ids) expect((await edge.read(id)).status).toBe(200);
  return queued;
}

/** Sends the request to an edge of its own, which takes it whole or refuses it whole. @returns the status */
export async function wholeOrNotAtAll(request: EdgeRequest): Promise<number> {
  const edge = await Edge.create();
  const answer = await edge.submit(request);
  if (answer.status === 202) {
    const commands = commandsIn(request.body ?? new Uint8Array());
    const testOnly = new URLSearchParams(request.query).get("testOnly") === "true";
    await expectQueued(edge, acceptedIds(answer), commands, testOnly);
  } else {
    expectProblem(answer, [400, 413, 415, 422]);
    await expectUntouched(edge);
  }
  return answer.status;
}
