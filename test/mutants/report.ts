import * as z from "zod/mini";

const positionSchema = z.object({ line: z.number(), column: z.number() });

/** What Stryker writes down: the common form of mutation testing tools (mutation-testing-report-schema). */
const reportSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.optional(z.string()),
          /** Lines and columns count from 1; `end` is behind the last character. */
          location: z.object({ start: positionSchema, end: positionSchema }),
        }),
      ),
    }),
  ),
});

type Report = z.infer<typeof reportSchema>;
export type Mutant = Report["files"][string]["mutants"][number];

/** A file with all places where it was broken. */
export interface TriedFile {
  /** From the project's root, with slashes. */
  readonly file: string;
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

/** Without mutants that could not run, which are neither killed nor alive. */
export function parseReport(text: string): TriedFile[] {
  const { files } = reportSchema.parse(JSON.parse(text));
  return Object.entries(files).map(([file, { source, mutants }]) => ({
    file: file.replaceAll("\\", "/"),
    source,
    mutants: mutants.filter(({ status }) => !["CompileError", "RuntimeError", "Ignored"].includes(status)),
  }));
}
