import type { Logger } from "@aws-lambda-powertools/logger";
import { problem, problemResponse } from "../../shared/api/problem.ts";
import { submitterOf } from "../../shared/lambda/caller.ts";
import { answer, describedBody, httpApiHandler } from "../../shared/lambda/http-api.ts";
import type { AcceptanceRules } from "../../shared/submit/accept.ts";
import { parseSubmission } from "../../shared/submit/parse.ts";
import type { Submitted, Submitter } from "../../shared/submit/submitter.ts";

/** `POST /v1/operations[?testOnly=true]` */
export function submitHandler(submitter: Submitter, rules: AcceptanceRules, now: () => number, logger: Logger) {
  return httpApiHandler(logger, async (event) => {
    const { headers, queryStringParameters } = event;
    const parsed = parseSubmission(
      {
        ...describedBody(event),
        idempotencyKey: headers["idempotency-key"],
        submittedBy: submitterOf(event),
        query: queryStringParameters ?? {},
        receivedAt: now(),
      },
      rules,
    );
    return parsed.ok ? told(await submitter.submit(parsed.submission)) : problemResponse(parsed.problem);
  });
}

function told(submitted: Submitted) {
  switch (submitted.kind) {
    case "queued":
      return answer(
        "submit",
        { operations: submitted.ids.map((id) => ({ id, status: "queued" })) },
        submitted.replayed ? { "idempotency-replayed": "true" } : {},
      );
    case "incomplete": {
      const detail =
        "The queue did not take everything. Send the same request with the same Idempotency-Key to queue the rest.";
      const { queued, notQueued } = submitted;
      return problemResponse(problem("not-all-queued", detail, { queued, notQueued }));
    }
    case "key-reused":
      return problemResponse(
        problem("key-reused", "The Idempotency-Key came with another payload before. Use a new key for a new request."),
      );
    case "still-running":
      return problemResponse(
        problem("still-running", "A request with this Idempotency-Key is at work. Ask again in a minute."),
        { "retry-after": "60" },
      );
  }
}
