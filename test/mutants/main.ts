/**
 * `npm run mutants -- [folder or file[:lines] …]`: breaks the code in one place at a time and sees whether a test
 * notices. It ends with 1 if `explained/` does not explain exactly the mutants that survive.
 */
import { chosen } from "./chosen.ts";
import { explained } from "./explained.ts";
import { runStryker } from "./run-stryker.ts";
import { reasonFor, survivorsIn } from "./survivor.ts";

for (const { folder, files, judges } of chosen(process.argv.slice(2))) {
  const tried = runStryker(files, judges);
  const count = tried.reduce((sum, { mutants }) => sum + mutants.length, 0);
  const survivors = tried.flatMap(survivorsIn);
  const reasons = survivors.map(reasonFor);
  const unexplained = survivors.filter((_, index) => reasons[index] === undefined);
  const killed = count - survivors.length;
  const accounted = survivors.length - unexplained.length;
  console.log(`${folder}: ${killed} of ${count} killed, ${accounted} explained, ${unexplained.length} not`);
  for (const { file, lineNumber, line, change } of unexplained)
    console.log(`\n${file}:${lineNumber}\n  line    ${line}\n  change  ${change}`);
  // Of a file that is tried in part, others may still survive.
  const outdated = files.flatMap((file) => explained[file] ?? []).filter((each) => !reasons.includes(each));
  for (const { line, change } of outdated)
    console.log(`\nexplained, but it does not survive:\n  line    ${line}\n  change  ${change}`);
  if (unexplained.length > 0 || outdated.length > 0) process.exitCode = 1;
}
