import { Option } from "@commander-js/extra-typings";
import type { ReadWait } from "../../shared/reads/paced-reader.ts";
import { waitingFor } from "../output/waiting.ts";
import type { Surroundings } from "../surroundings.ts";

/** For commands that go straight to Adobe. */
export const credentialsOption = () =>
  new Option(
    "--credentials <file>",
    "Adobe's credentials: any file that import-config takes (default: the local sandbox's)",
  );
export const credentialNameOption = () =>
  new Option("--credential-name <name>", "which credential, if the file holds several");
export const adobeUrlOption = () =>
  new Option(
    "--adobe-url <url>",
    "where tokens and the API are (default: Adobe with --credentials, the local sandbox without)",
  );
export const authOption = () =>
  new Option("--auth <kind>", "how to obtain a token").choices(["oauth", "jwt"] as const).default("oauth" as const);

/** Shorter waits are not announced. */
const shortestToldMs = 1000;

/** Returns a function that says what a read waits for. */
export function sayWait({ stderr, clock }: Pick<Surroundings, "stderr" | "clock">): (wait: ReadWait) => void {
  return ({ until, reason }) => {
    if (until - clock.now() < shortestToldMs) return;
    const text = waitingFor({ until: new Date(until).toISOString(), reason });
    stderr.write(`${text.replace(/^waits/, "Waiting")}.\n`);
  };
}
