/** Files whose mutants are judged by the same tests. */
export interface Subject {
  /** A folder of `shared/`. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Globs of the tests, from the project's root. The fewer there are, the sooner each mutant is judged. */
  readonly judges: readonly string[];
}

/** What decides about order, charges, pace and loss, and the tests that are to hold it. */
export const subjects: readonly Subject[] = [
  {
    folder: "shared/planning",
    files: ["conflicts", "join", "latest-conflict", "lawful-steps", "plan", "rename", "slices", "without-users"],
    judges: ["test/unit/planning/*.test.ts", "test/property/{planning-*,same-names}.test.ts"],
  },
  {
    folder: "shared/dispatch",
    files: ["concluder", "early-leavers", "failed-step", "older-work", "outcome", "parker", "requeue", "verdict"],
    judges: ["test/unit/dispatch/**/*.test.ts", "test/property/dispatch-outcome.test.ts"],
  },
  {
    folder: "shared/leavers",
    files: ["leaver", "leavers-first", "once-more", "standing", "watermark-dynamo", "watermark-key"],
    judges: ["test/unit/leavers/*.test.ts"],
  },
  {
    folder: "shared/pacing",
    files: ["backoff", "budget", "evidence", "gate", "lane", "lane-session", "spacing"],
    judges: ["test/unit/pacing/*.test.ts", "test/property/pacing.test.ts"],
  },
  {
    folder: "shared/dynamo",
    files: ["read-items"],
    judges: ["test/unit/ledger/*.test.ts"],
  },
  {
    folder: "shared/ledger",
    files: ["row", "item", "ledger-dynamo", "open-until"],
    judges: ["test/unit/{ledger,stored}/*.test.ts"],
  },
  {
    folder: "shared/submit",
    files: ["accept", "batches", "submitter"],
    judges: ["test/unit/submit/*.test.ts"],
  },
  {
    folder: "shared/room",
    files: ["entry", "names", "settlement", "waiting-room"],
    judges: ["test/unit/room/*.test.ts"],
  },
  {
    folder: "shared/umapi",
    files: ["same-root"],
    judges: ["test/unit/umapi/same-root.test.ts"],
  },
  {
    folder: "shared/http",
    files: ["retry-after"],
    judges: ["test/unit/http/*.test.ts"],
  },
];
