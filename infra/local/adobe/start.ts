import type { RunningProgram } from "../command-line/run-program.ts";
import { loadOrCreateCredentials } from "./credentials.ts";
import type { AdobeFlags } from "./flags.ts";
import { startAdobe } from "./http.ts";
import type { RequestRecord } from "./request-record.ts";

/**
 * Starts the sandbox alone, with the credentials in `.local/`, which it creates if there are none. @throws as
 * `startAdobe`
 */
export async function startAlone(flags: AdobeFlags, print: (line: string) => void): Promise<RunningProgram> {
  const credentials = await loadOrCreateCredentials(".local");
  const onRequest = (record: RequestRecord) => report(record, print);
  const { url, close } = await startAdobe({ ...flags, credentials, now: Date.now, onRequest });
  return {
    introduction: [
      `IMS    ${url}/ims/token/v2 (OAuth), ${url}/ims/exchange/jwt (JWT)`,
      `UMAPI  ${url}/v2/usermanagement (credentials in .local/credentials.json)`,
      `Ready: the Adobe sandbox listens on ${url}`,
    ].join("\n"),
    async stop() {
      await close();
      return "Stopped. The organisation was in memory, and is gone.";
    },
  };
}

/** One line per action request; without the path, which may name a person. */
function report({ method, path, status, commands }: RequestRecord, print: (line: string) => void): void {
  if (method !== "POST" || !path.includes("/action/")) return;
  print(`action ${status ?? "cut"}, ${commands} ${commands === 1 ? "command" : "commands"}`);
}
