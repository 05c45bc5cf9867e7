import type { Problem } from "../shared/api/problem.ts";

/** A problem of a call, whose pointers count in all that was submitted. @param before operations in earlier calls */
export function repointed(problem: Problem, before: number): Problem {
  if (problem.errors === undefined) return problem;
  const errors = problem.errors.map(({ pointer, detail }) => ({
    pointer: pointer.replace(/^\/(\d+)/, (_, index) => `/${Number(index) + before}`),
    detail,
  }));
  return { ...problem, errors };
}
