import { absent, alike, type ExplainedIn } from "./alike.ts";

export const pacing: ExplainedIn = {
  "shared/pacing/evidence.ts": [
    ...alike(
      "return isAdobeWell && lastFaultAt !== undefined && lastSuccessAt > lastFaultAt;",
      "No time is later than an undefined one.",
      "lastFaultAt !== undefined → true",
    ),
  ],
  "shared/pacing/gate.ts": [
    ...alike(
      'return { kind: "no-token", error, block: blockAt(blocked, now) ?? { until: now, reason: failure.kind } };',
      "The lane has just been blocked, for a second at least.",
      "{ until: now, reason: failure.kind } → {}",
    ),
    ...alike(
      'if (answer.kind === "response" && answer.status === 401) this.#services.tokens.forget(access);',
      "What is not a response has no status.",
      'answer.kind === "response" → true',
    ),
    ...alike(
      'return { kind: "adobe-unavailable", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };',
      absent,
      "retryAfterMs === undefined → false",
    ),
  ],
  "shared/pacing/lane-session.ts": [
    ...alike(
      "isDone: (lane: Lane) => boolean = () => false,",
      "It is only asked whether it is true.",
      "() => false → () => undefined",
    ),
  ],
  "shared/pacing/spacing.ts": [
    ...alike(
      "if (freeBefore(index) > 0 && at < nextFreeAt) return at;",
      "Nothing holds the request longer once the next slot is free: it would get the same time.",
      "at < nextFreeAt → at <= nextFreeAt",
    ),
  ],
};
