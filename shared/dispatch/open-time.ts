/** After a request has timed out, Adobe may go on applying it for this long. */
const lateSeconds = 15;

/** How long after a request was sent Adobe may apply it without having answered, in milliseconds. */
export function openMs(requestTimeoutSeconds: number): number {
  return (requestTimeoutSeconds + lateSeconds) * 1000;
}
