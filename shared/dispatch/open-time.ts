/** After a request has timed out, Adobe may still apply it for this long. */
const lateSeconds = 15;

/** How long after it was sent Adobe may apply a request without answering, in milliseconds. */
export function openMs(requestTimeoutSeconds: number): number {
  return (requestTimeoutSeconds + lateSeconds) * 1000;
}
