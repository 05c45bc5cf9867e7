import type { Credentials } from "../../infra/local/adobe/credentials.ts";
import type { Say } from "./trace.ts";

/** Events that explain what happens next and that are shown nowhere else. */
const telling = /"message": "(rung|requeued|lane blocked|no token|unexpected error|send failed|dead-lettered)"/;

const methods = ["debug", "info", "log", "warn", "error"] as const;

/** Looks at every line that is logged. Powertools writes to the global console only where POWERTOOLS_DEV is set. */
export class LogWatch {
  readonly #forbidden: RegExp;
  readonly #say: Say;
  readonly #undo: (() => void)[] = [];
  readonly violations: string[] = [];
  lines = 0;
  longestLine = 0;

  /** Takes the place of the console until `stop`. */
  constructor({ clientSecret, privateKey }: Credentials, say: Say) {
    this.#say = say;
    const keyLine = privateKey.split("\n")[1] ?? privateKey;
    const secrets = [clientSecret, keyLine].map((text) => RegExp.escape(text));
    // The workload's names, the sandbox's tokens, and rotated secrets.
    this.#forbidden = new RegExp(
      [
        "@example\\.com",
        "(?:given|family)-",
        "caller\\d",
        "nobody\\.caller",
        "sandbox\\.[0-9a-f]{8}",
        "bearer",
        "p8e-",
        ...secrets,
      ].join("|"),
      "i",
    );
    for (const method of methods) {
      const original = console[method];
      console[method] = (...parts: unknown[]) => this.#look(parts.join(" "));
      this.#undo.push(() => {
        console[method] = original;
      });
    }
  }

  stop(): void {
    for (const undo of this.#undo) undo();
  }

  #look(text: string): void {
    this.lines += 1;
    this.longestLine = Math.max(this.longestLine, text.length);
    const event = telling.exec(text)?.[1];
    if (event !== undefined) this.#say(() => `log: ${event} ${details(text)}`);
    const found = this.#forbidden.exec(text);
    if (found !== null)
      this.violations.push(
        `a log line holds "${found[0]}": ${text.slice(Math.max(0, found.index - 200), found.index + 50)}`,
      );
  }
}

function details(text: string): string {
  const own = text.match(/"(?:reason|awsError|failures|messages|name|location)": [^\n]+/g) ?? [];
  return own.map((pair) => pair.replaceAll('"', "").replace(/,$/, "")).join(", ");
}
