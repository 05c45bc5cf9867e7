import { createContext, Script } from "node:vm";

/** A text took a regular expression longer than it may. */
export class RegExpTimeout extends Error {
  override readonly name = "RegExpTimeout";
}

/**
 * A `RegExp` whose search ends after a time. Some patterns, such as `(a+)+$`, take longer than the world will last for a
 * short text, and nothing else runs meanwhile: no timer could end it, but Node.js's sandbox can.
 *
 * @param ms for one search
 */
export function timedRegExp(ms: number): RegExpConstructor {
  let search = () => {};
  const context = createContext({ run: () => search() });
  const call = new Script("run()");
  class TimedRegExp extends RegExp {
    override exec(text: string): RegExpExecArray | null {
      let found: RegExpExecArray | null = null;
      search = () => {
        found = super.exec(text);
      };
      try {
        call.runInContext(context, { timeout: ms });
      } catch (error) {
        throw isTimeout(error) ? new RegExpTimeout("A regular expression takes too long") : error;
      }
      return found;
    }
  }
  return new Proxy(RegExp, { construct: (_, [pattern, flags]) => new TimedRegExp(pattern, flags) });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
