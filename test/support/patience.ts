/**
 * How long a test waits for a program or a server, in milliseconds: no machine needs so long, so only a hang gets there.
 * What lasts how long is tested with a clock that the test moves.
 */
export const patienceMs = 300_000;

/** For `vi.waitUntil`, `vi.waitFor` and the like. */
export const patience = { timeout: patienceMs, interval: 20 };
