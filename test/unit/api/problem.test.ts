import { expect, test } from "vitest";
import { problem, problemResponse } from "../../../shared/api/problem.ts";

test("A problem goes out as problem details, with its status in both places", () => {
  const response = problemResponse(
    problem("against-the-rules", "One thing is wrong.", { errors: [{ pointer: "/0", detail: "null" }] }),
  );
  expect(response).toMatchObject({ statusCode: 422, headers: { "content-type": "application/problem+json" } });
  expect(JSON.parse(response.body ?? "")).toEqual({
    type: "urn:problem-type:umapi-workers:against-the-rules",
    title: "The request is against the rules",
    status: 422,
    detail: "One thing is wrong.",
    errors: [{ pointer: "/0", detail: "null" }],
  });
});

test("A problem carries further headers and members", () => {
  const response = problemResponse(
    problem("not-all-queued", "Send it again.", { queued: ["op-0"], notQueued: ["op-1"] }),
    {
      "retry-after": "5",
    },
  );
  expect(response.headers).toEqual({ "retry-after": "5", "content-type": "application/problem+json" });
  expect(JSON.parse(response.body ?? "")).toMatchObject({ status: 503, queued: ["op-0"], notQueued: ["op-1"] });
});
