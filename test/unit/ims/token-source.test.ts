import { describe, expect, test } from "vitest";
import type { Credentials } from "../../../shared/ims/credentials.ts";
import { type Exchange, TokenError, TokenSource } from "../../../shared/ims/token-source.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

const credentials: Credentials = { orgId: "1@AdobeOrg", clientId: "client", clientSecrets: ["old", "new"] };
const hour = 3_600_000;
const minute = 60_000;

/** A token endpoint that hands out token 1, 2, …, each after a second, unless told to fail. */
class Endpoint {
  readonly clock = new SimulatedClock();
  readonly asked: string[] = [];
  secretsRead = 0;
  expiresInMs = 24 * hour;
  failures: (TokenError | undefined)[] = [];

  readonly #exchange: Exchange = async (_, clientSecret) => {
    this.asked.push(clientSecret);
    const token = `token ${this.asked.length}`;
    const failure = this.failures.shift();
    await this.clock.sleep(1000);
    if (failure !== undefined) throw failure;
    return { token, expiresInMs: this.expiresInMs };
  };

  readonly source = new TokenSource(
    this.clock,
    async () => {
      this.secretsRead++;
      return credentials;
    },
    this.#exchange,
  );

  /** The token of a caller who waits for it, or the kind of error. */
  async token(): Promise<string> {
    const access = this.source.access().then(
      ({ token }) => token,
      (error: unknown) => (error instanceof TokenError ? error.kind : "another error"),
    );
    await this.clock.advance(5000);
    return await access;
  }
}

describe("a token", () => {
  test("comes with what a request needs beside it", async () => {
    const endpoint = new Endpoint();
    const expiresAt = endpoint.clock.now() + endpoint.expiresInMs;
    const access = endpoint.source.access();
    await endpoint.clock.advance(1000);
    // From when it was asked for: Adobe counts from no earlier.
    expect(await access).toEqual({ token: "token 1", clientId: "client", orgId: "1@AdobeOrg", expiresAt });
  });

  test("is asked for once, however many callers wait for it", async () => {
    const endpoint = new Endpoint();
    const callers = Array.from({ length: 20 }, () => endpoint.source.access());
    await endpoint.clock.advance(500);
    callers.push(endpoint.source.access());
    await endpoint.clock.advance(500);
    expect(new Set((await Promise.all(callers)).map(({ token }) => token))).toEqual(new Set(["token 1"]));
    expect([endpoint.asked.length, endpoint.secretsRead]).toEqual([1, 1]);
  });

  test("is kept until shortly before it expires", async () => {
    const endpoint = new Endpoint();
    const start = endpoint.clock.now();
    expect(await endpoint.token()).toBe("token 1");
    await endpoint.clock.advanceTo(start + 23 * hour + 54 * minute);
    expect(await endpoint.token()).toBe("token 1");
    await endpoint.clock.advanceTo(start + 23 * hour + 56 * minute);
    expect(await endpoint.token()).toBe("token 2");
    expect(await endpoint.token()).toBe("token 2");
  });

  test("that lives for minutes only is used for half of its life, and not exchanged at every call", async () => {
    const endpoint = new Endpoint();
    endpoint.expiresInMs = 2 * minute;
    expect(await endpoint.token()).toBe("token 1");
    expect(await endpoint.token()).toBe("token 1");
    await endpoint.clock.advance(minute);
    expect(await endpoint.token()).toBe("token 2");
  });
});

describe("a failure", () => {
  test("reaches everyone who waits, and is not kept for later callers", async () => {
    const endpoint = new Endpoint();
    endpoint.failures = [new TokenError("unavailable", "down")];
    expect(await Promise.all([endpoint.token(), endpoint.token()])).toEqual(["unavailable", "unavailable"]);
    expect(await endpoint.token()).toBe("token 2");
    expect(endpoint.secretsRead).toBe(2);
  });

  test("to read the secret is handled in the same way", async () => {
    let reads = 0;
    const source = new TokenSource(
      new SimulatedClock(),
      async () => {
        if (reads++ === 0) throw new TokenError("unavailable", "no secret");
        return credentials;
      },
      async () => ({ token: "token", expiresInMs: hour }),
    );
    await expect(source.access()).rejects.toMatchObject({ kind: "unavailable" });
    expect((await source.access()).token).toBe("token");
  });
});

describe("two client secrets", () => {
  test("are tried in order, where the first is refused", async () => {
    const endpoint = new Endpoint();
    endpoint.failures = [new TokenError("refused", "no")];
    expect(await endpoint.token()).toBe("token 2");
    expect(endpoint.asked).toEqual(["old", "new"]);
  });

  test("are refused if both are", async () => {
    const endpoint = new Endpoint();
    endpoint.failures = [new TokenError("refused", "no"), new TokenError("refused", "no")];
    expect(await endpoint.token()).toBe("refused");
    expect(endpoint.asked).toEqual(["old", "new"]);
  });

  test("are not tried one after the other where the endpoint is down", async () => {
    const endpoint = new Endpoint();
    endpoint.failures = [new TokenError("unavailable", "down")];
    expect(await endpoint.token()).toBe("unavailable");
    expect(endpoint.asked).toEqual(["old"]);
  });
});

describe("a token that Adobe refused", () => {
  test("is forgotten: the secret is read and a token exchanged anew", async () => {
    const endpoint = new Endpoint();
    await endpoint.token();
    const refused = await endpoint.source.access();
    endpoint.source.forget(refused);
    expect(await endpoint.token()).toBe("token 2");
    expect(endpoint.secretsRead).toBe(2);
  });

  test("does not make the source forget a newer one", async () => {
    const endpoint = new Endpoint();
    await endpoint.token();
    const refused = await endpoint.source.access();
    endpoint.source.forget(refused);
    await endpoint.token();
    endpoint.source.forget(refused);
    expect(await endpoint.token()).toBe("token 2");
  });

  test("shows in no error", () => {
    const error = new TokenError("refused", "Refused.", { cause: new Error("cause") });
    expect([error.name, error.kind, error.retryAfterMs]).toEqual(["TokenError", "refused", undefined]);
    expect(error).toBeInstanceOf(Error);
  });
});
