import * as z from "zod/mini";

/** What Powertools reads once, when it is loaded: log to the console, where the simulation looks at every line. */
process.env["POWERTOOLS_DEV"] = "true";
process.env["POWERTOOLS_LOG_LEVEL"] = "INFO";
process.env["POWERTOOLS_METRICS_DISABLED"] = "false";
const { simulate } = await import("./simulate.ts");

const credentialsSchema = z.object({
  orgId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  technicalAccountId: z.string(),
  privateKey: z.string(),
});
const taskSchema = z.object({ seed: z.number(), credentials: credentialsSchema });

// The parent says when to end; a terminal's Ctrl-C reaches both.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());
process.on("message", async (message) => {
  const { seed, credentials } = taskSchema.parse(message);
  const { violations, operations } = await simulate(seed, credentials);
  process.send?.({ seed, violations, operations });
});
