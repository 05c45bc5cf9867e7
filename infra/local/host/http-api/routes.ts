/** A route of an HTTP API, and its target. */
export interface Route<Target> {
  /** `METHOD /path`, `ANY /path` or `$default`. */
  readonly routeKey: string;
  readonly target: Target;
}

export interface RouteMatch<Target> extends Route<Target> {
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route for a request as API Gateway does: the most specific path first (a literal segment before `{name}`
 * before `{name+}`), on one path its own method before `ANY`, and `$default` last.
 *
 * @param path percent-encoded, as sent
 */
export function findRoute<Target>(
  routes: readonly Route<Target>[],
  method: string,
  path: string,
): RouteMatch<Target> | undefined {
  const segments = path.split("/").slice(1);
  const matches = routes.flatMap((route) => {
    const pathParameters = matchRoute(route.routeKey, method, segments);
    return pathParameters ? [{ ...route, pathParameters, rank: rankOf(route.routeKey) }] : [];
  });
  const [best] = matches.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return best && { routeKey: best.routeKey, target: best.target, pathParameters: best.pathParameters };
}

function matchRoute(routeKey: string, method: string, segments: readonly string[]): Record<string, string> | undefined {
  if (routeKey === "$default") return {};
  const [routeMethod, pattern] = parseRouteKey(routeKey);
  if (routeMethod !== "ANY" && routeMethod !== method) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const [, name, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(part) ?? [];
    const rest = greedy ? segments.slice(index).join("/") : (segments[index] ?? "");
    if (name === undefined) {
      if (segments[index] !== part) return undefined;
      continue;
    }
    if (rest === "") return undefined;
    parameters[name] = decodePath(rest);
    if (greedy) return parameters;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/** Sorts before another rank if more specific: segment by segment, then by method. */
function rankOf(routeKey: string): string {
  if (routeKey === "$default") return "~";
  const [method, pattern] = parseRouteKey(routeKey);
  const bySegment = pattern.map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0"));
  return `${bySegment.join("")}-${method === "ANY" ? 1 : 0}`;
}

function parseRouteKey(routeKey: string): [method: string, pattern: string[]] {
  const [method = "", path = ""] = routeKey.split(" ");
  return [method, path.split("/").slice(1)];
}

/** Decodes percent-encoding, but leaves malformed parts as they are. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
