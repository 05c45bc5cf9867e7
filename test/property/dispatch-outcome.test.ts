import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Progress } from "../../shared/operation/progress.ts";
import { join } from "../../shared/planning/join.ts";
import { type PlannedRequest, plan } from "../../shared/planning/plan.ts";
import type { Work } from "../../shared/planning/slices.ts";
import type { Answer } from "../../shared/umapi/answer.ts";
import { judged, report, response } from "../support/judging.ts";
import { arbitraryOperations, pendingOf } from "../support/operations.ts";
import { runs } from "../support/runs.ts";

const users = Array.from({ length: 6 }, (_, index) => `user-${index}@example.com`);

const progress: fc.Arbitrary<Partial<Progress>> = fc.record({
  uncertain: fc.boolean(),
  unjoined: fc.boolean(),
  faults: fc.nat({ max: 3 }),
});

/** Requests as they come out of joining and planning, some with operations that had bad luck before. */
const requests: fc.Arbitrary<PlannedRequest> = fc
  .tuple(arbitraryOperations({ users }), fc.array(progress, { minLength: 14, maxLength: 14 }), fc.boolean())
  .map(([operations, progresses, isFresh]) => {
    const pending = operations.map((each, index) => pendingOf(each, isFresh ? {} : progresses[index]));
    const works = join(pending, 128 * 1024).map((joined, index): Work => {
      const [head, ...rest] = joined.flatMap(({ id }) => pending.filter((each) => each.id === id));
      if (head === undefined) throw new Error("an empty message");
      return { messageId: `message-${index}`, operations: [head, ...rest] };
    });
    const [request] = plan(works);
    if (request === undefined) throw new Error("nothing to send");
    return request;
  });

const idsIn = ({ slices }: PlannedRequest) => slices.flatMap(({ parts }) => parts.map(({ operation }) => operation.id));

/** Codes of every meaning, on a repeat and on a first send. */
const code = fc.constantFrom(
  "error.group.not_found",
  "error.user.update_failed",
  "error.throttled_by_external_service",
  "error.command.add_remove.list_too_long",
  "error.user.nonexistent",
  "error.user.already_in_org",
  "error.user.already_exists",
  "error.usergroup.not_found",
  "error.usergroup.user_list.invalid",
  "error.internal.exceptionflys",
);

const position = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constantFrom("0", "3", "x", null, 1.5));
const anyError = fc.record(
  { index: position, step: position, errorCode: code, message: fc.string() },
  { requiredKeys: ["index", "errorCode"] },
);
const count = fc.integer({ min: -1, max: 12 });
const anyReport = fc.record(
  {
    result: fc.constantFrom("success", "partial", "error"),
    completed: count,
    notCompleted: count,
    completedInTestMode: count,
    errors: fc.array(anyError, { maxLength: 5 }),
  },
  { requiredKeys: ["result", "completed", "notCompleted"] },
);

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom<Answer>({ kind: "unsent" }, { kind: "unanswered" }),
  fc
    .tuple(fc.constantFrom(200, 400, 401, 403, 404, 429, 500, 503), fc.oneof(fc.json(), fc.string(), anyReport))
    .map(([status, body]) => response(status, body)),
  anyReport.map((body) => response(200, body)),
);

describe("whatever Adobe answers", () => {
  test("is judged, and every operation of the request has one outcome or none has", () => {
    fc.assert(
      fc.property(requests, anyAnswer, fc.boolean(), fc.boolean(), (request, answer, isOfSuspects, isProven) => {
        const { verdict, outcomes } = judged(request, answer, { isOfSuspects, isProven: () => isProven });
        const ids = Object.keys(outcomes).toSorted();
        const isNobodys =
          ["throttled", "credentials-refused"].includes(Object.values(verdict)[0]) || answer.kind === "unsent";
        expect(ids).toEqual(isNobodys ? [] : idsIn(request).toSorted());
      }),
      { numRuns: runs(500) },
    );
  });

  test("finishes nothing unless it is a 200, or the 400 of a single operation", () => {
    fc.assert(
      fc.property(requests, anyAnswer, (request, answer) => {
        const isReport = answer.kind === "response" && answer.status === 200 && answer.body.kind === "report";
        const isOwnRefusal = answer.kind === "response" && answer.status === 400 && idsIn(request).length === 1;
        fc.pre(!isReport && !isOwnRefusal);
        for (const { kind } of Object.values(judged(request, answer).outcomes))
          expect(["again", "parked"]).toContain(kind);
      }),
    );
  });
});

/** For some commands of a request, the step at which Adobe ends them. */
const partlyFailed = requests.chain((request) =>
  fc.tuple(
    fc.constant(request),
    fc.tuple(
      ...request.slices.map(({ command }) => fc.option(fc.nat({ max: command.do.length - 1 }), { nil: undefined })),
    ),
  ),
);

describe("a partial success", () => {
  test("gives each error to its operation, and to the caller's own step", () => {
    fc.assert(
      fc.property(partlyFailed, ([request, failures]) => {
        const errors = failures.flatMap((step, index) =>
          step === undefined ? [] : [{ index, step, errorCode: `error.of.command.${index}`, message: "" }],
        );
        const { outcomes } = judged(request, report(request.slices.length, errors));
        for (const [index, { parts }] of request.slices.entries()) {
          const failedAt = failures[index];
          // Each sent step with the operation and the caller's step that it belongs to.
          const owners = parts.flatMap(({ operation, sources }) => sources.map((step) => ({ id: operation.id, step })));
          const culprit = failedAt === undefined ? undefined : owners[failedAt];
          for (const { operation, completes } of parts) {
            const outcome = outcomes[operation.id];
            const last = owners.findLastIndex(({ id }) => id === operation.id);
            if (operation.id === culprit?.id)
              expect(outcome).toEqual({
                kind: "failed",
                error: { code: `error.of.command.${index}`, message: "", step: culprit.step },
              });
            else if (failedAt === undefined || last < failedAt)
              expect(outcome?.kind).toBe(completes ? "succeeded" : "again");
            else
              expect(outcome).toMatchObject({
                kind: "again",
                progress: { uncertain: true, stepsDone: operation.progress.stepsDone },
              });
          }
        }
      }),
      { numRuns: runs(300) },
    );
  });

  test("never takes an operation for done unless Adobe says so", () => {
    fc.assert(
      fc.property(
        requests,
        fc.array(anyError, { maxLength: 5 }),
        fc.integer({ min: 1, max: 10 }),
        (request, errors, missing) => {
          const size = request.slices.length;
          const answer = report(size, errors, {
            completed: Math.max(0, size - missing),
            notCompleted: Math.min(size, missing),
          });
          const body = answer.kind === "response" ? answer.body : undefined;
          fc.pre(body?.kind === "report");
          const listed = new Set(body.errors.map(({ index }) => index).filter((index) => index < size));
          fc.pre(listed.size < Math.min(size, missing));
          const { outcomes } = judged(request, answer);
          for (const [index, { parts }] of request.slices.entries())
            if (!listed.has(index))
              for (const { operation } of parts) expect(outcomes[operation.id]?.kind).not.toBe("succeeded");
        },
      ),
    );
  });
});
