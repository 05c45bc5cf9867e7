/**
 * How long a test waits for a program or a server, in milliseconds. No machine needs so long: only what hangs gets there.
 * A test of how long something takes has a clock that it moves itself.
 */
export const patienceMs = 600_000;

/** For `vi.waitUntil` and `vi.waitFor`. `expect.poll` knows it from the configuration. */
export const patience = { timeout: patienceMs, interval: 20 };
