import type { ServiceAnswer } from "./aws/service.ts";
import type { Host } from "./host/host.ts";
import { decodePath } from "./host/http-api/routes.ts";
import type { InvocationResult } from "./host/lambda/lambda-function.ts";

const path = "/_local/schedules";

/**
 * `GET /_local/schedules` tells the schedules, and `POST /_local/schedules/<name>` fires one. It is answered at once; what
 * comes of it is printed.
 *
 * @param host undefined until it runs
 */
export function scheduleRoutes(host: () => Host | undefined, print: (line: string) => void) {
  return (method: string, url: string): ServiceAnswer | undefined => {
    const schedules = host()?.schedules ?? [];
    if (url === path && method === "GET")
      return answer(
        200,
        schedules.map(({ name, expression }) => ({ name, expression })),
      );
    if (!url.startsWith(`${path}/`) || method !== "POST") return undefined;
    const wanted = decodePath(url.slice(path.length + 1));
    const fired = host()?.fire(wanted);
    if (fired === undefined) return answer(404, { message: noSchedule(wanted, schedules) });
    print(`schedule ${fired.name} fired`);
    void fired.results.then((results) => print(`schedule ${fired.name} ended: ${results.map(resultText).join(", ")}`));
    return answer(202, { name: fired.name });
  };
}

/** Says which schedules there are, where none has that name. */
export function noSchedule(wanted: string, schedules: readonly { readonly name: string }[]): string {
  const known = schedules.map(({ name }) => name).join(", ");
  return `The stack has no schedule ${wanted}. It has ${known || "none"}.`;
}

function resultText(result: InvocationResult): string {
  return result.outcome === "failed" ? `failed with ${result.error.errorType}` : result.outcome;
}

const answer = (status: number, body: unknown): ServiceAnswer => ({ status, body, headers: {} });
