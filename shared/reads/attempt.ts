import type { Gate, GateWait, NoToken } from "../pacing/gate.ts";
import { closeRequest, learn } from "../pacing/lane.ts";
import type { LaneSession } from "../pacing/lane-session.ts";
import type { Clock } from "../time/clock.ts";
import type { ReadRequest, UmapiClient } from "../umapi/client.ts";
import { judgeRead, newsIn, type ReadVerdict } from "./verdict.ts";

export interface AttemptServices {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly umapi: UmapiClient;
}

/** Sends one read through its lane's gate, and writes down what the answer says about the lane. */
export async function attemptRead<Result>(
  { clock, random, umapi }: AttemptServices,
  gate: Gate,
  lane: LaneSession,
  request: ReadRequest,
  parse: (json: unknown, headers: Headers) => Result | undefined,
): Promise<ReadVerdict<Result> | GateWait | NoToken> {
  const { id } = request;
  const passage = { id, operations: [], openMs: 0, pace: "at-once" } as const;
  const passed = await gate.pass(lane, passage, (access) => umapi.read(request, access));
  if (passed.kind !== "sent") return passed;
  const verdict = judgeRead(passed.answer, parse);
  const now = clock.now();
  await lane.update((state) => ({ lane: learn(closeRequest(state, id, now), newsIn(verdict), now, random) }));
  return verdict;
}
