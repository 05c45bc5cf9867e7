/**
 * `npm run mutants -- [folder or file[:lines] …]`: breaks the code in one place at a time and sees whether a test
 * notices. It ends with 1 if `explained.ts` does not explain exactly the mutants that survive.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { chosen } from "./chosen.ts";
import { explained } from "./explained.ts";
import { type MutantResult, runStryker } from "./run-stryker.ts";
import { reasonFor, survivorOf } from "./survivor.ts";

/** A mutant that could not run is neither killed nor alive. */
const counted = (results: readonly MutantResult[]) =>
  results.filter(({ status }) => status !== "CompileError" && status !== "RuntimeError" && status !== "Ignored");

for (const { folder, files, judges } of chosen(process.argv.slice(2))) {
  const results = counted(await runStryker(files, judges));
  const alive = results.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const survivors = alive.map((result) => {
    const source = readFileSync(result.fileName, "utf8");
    return survivorOf(relative(process.cwd(), result.fileName).replaceAll("\\", "/"), source, result);
  });
  const reasons = survivors.map((survivor) => reasonFor(survivor));
  const unexplained = survivors.filter((_, index) => reasons[index] === undefined);
  const killed = results.length - alive.length;
  const accounted = alive.length - unexplained.length;
  console.log(`${folder}: ${killed} of ${results.length} killed, ${accounted} explained, ${unexplained.length} not`);
  for (const { file, lineNumber, line, change } of unexplained)
    console.log(`\n${file}:${lineNumber}\n  line    ${line}\n  change  ${change}`);
  // Of a file that is tried in part, others may still survive.
  const outdated = files.flatMap((file) => explained[file] ?? []).filter((each) => !reasons.includes(each));
  for (const { line, change } of outdated)
    console.log(`\nexplained, but it does not survive:\n  line    ${line}\n  change  ${change}`);
  if (unexplained.length > 0 || outdated.length > 0) process.exitCode = 1;
}
