import { exec } from "node:child_process";

/** The scripts of package.json that run side by side. What one says is printed whole, as soon as it has ended. */
const scripts = ["types", "lint", "test:quick"];

const environment = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: "1" } : process.env;

const ends = await Promise.all(
  scripts.map(
    (script) =>
      new Promise<{ script: string; ok: boolean }>((resolve) => {
        exec(`npm run --silent ${script}`, { env: environment, maxBuffer: Infinity }, (error, stdout, stderr) => {
          process.stdout.write(stdout);
          process.stderr.write(stderr);
          resolve({ script, ok: error === null });
        });
      }),
  ),
);
const failed = ends.filter(({ ok }) => !ok).map(({ script }) => script);
console.log(failed.length === 0 ? "All is well." : `Failed: ${failed.join(", ")}.`);
if (failed.length > 0) process.exitCode = 1;
