import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../../infra/local/host/listen.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { runFunction } from "./support/run.ts";

describe("a function's invocation", () => {
  test("gets the event and gives back the result as JSON does", async () => {
    const { worker } = runFunction(
      `export const handler = async (event) => ({ event, gone: undefined, at: new Date(0) })`,
    );
    expect(await worker.invoke({ a: 1, gone: undefined })).toEqual({
      outcome: "returned",
      value: { event: { a: 1 }, at: "1970-01-01T00:00:00.000Z" },
    });
  });

  test("that returns nothing returns null", async () => {
    const { worker } = runFunction(`export const handler = async () => {}`);
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: null });
  });

  test("tells the handler about itself, and how much time is left", async () => {
    const { worker } = runFunction(
      `export const handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() })`,
      { MemorySize: 256, Timeout: 7 },
    );
    const result = await worker.invoke({});
    expect(result).toMatchObject({
      value: {
        functionName: "Test-Worker",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:Test-Worker",
        memoryLimitInMB: "256",
        logGroupName: "/aws/lambda/Test-Worker",
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        left: expect.closeTo(7000, -4),
      },
    });
  });

  test("finds the environment of the template, Lambda's own variables, and nothing of the host's", async () => {
    const { worker } = runFunction(
      `export const handler = async () => process.env`,
      { MemorySize: 512, Environment: { Variables: { TABLE: "t", AUTH: "oauth" } } },
      { overrides: { AUTH: "jwt", UMAPI_URL: "not declared, so not set" } },
    );
    const result = await worker.invoke({});
    expect(result).toMatchObject({
      value: {
        TABLE: "t",
        AUTH: "jwt",
        AWS_REGION: "us-east-1",
        AWS_LAMBDA_FUNCTION_NAME: "Test-Worker",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
        AWS_ACCESS_KEY_ID: "test",
        AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:9",
      },
    });
    expect(result).not.toHaveProperty("value.UMAPI_URL");
    expect(result).not.toHaveProperty("value.PATH");
    expect(result).not.toHaveProperty("value.HOME");
  });

  test("that throws fails with the error's type and message, and the environment is used again", async () => {
    const { worker, recorder } = runFunction(`
      let count = 0;
      export const handler = async ({ fail }) => {
        count += 1;
        if (fail) throw new RangeError("too much");
        return count;
      }`);
    expect(await worker.invoke({ fail: true })).toMatchObject({
      outcome: "failed",
      error: { errorType: "RangeError", errorMessage: "too much" },
    });
    expect(recorder.failures).toMatchObject([{ errorType: "RangeError" }]);
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: 2 });
  });

  test.each([
    ["throws what is not an error", `throw "words"`, { errorType: "string", errorMessage: "words" }],
    ["returns what is not JSON", `return 1n`, { errorType: "TypeError" }],
    [
      "ends the process",
      `process.exit(3)`,
      { errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("3") },
    ],
    ["lets a rejection go", `Promise.reject(new Error("lost")); await new Promise(() => {})`, { errorMessage: "lost" }],
  ])("that %s fails, and the next one works", async (_, body, error) => {
    const { worker } = runFunction(`export const handler = async ({ bad }) => { if (bad) { ${body} } return "fine"; }`);
    expect(await worker.invoke({ bad: true })).toMatchObject({ outcome: "failed", error });
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: "fine" });
  });
});

describe("a function's timeout", () => {
  test("kills it in a busy loop, and the next invocation starts afresh", async () => {
    const clock = new SimulatedClock();
    const witness = await listenForConnection();
    const { worker, recorder } = runFunction(
      `import { once } from "node:events";
       import { connect } from "node:net";
       let count = 0;
       export const handler = async ({ loop }) => {
         count += 1;
         if (!loop) return count;
         await once(connect(${witness.port}, "127.0.0.1"), "connect");
         console.log("looping");
         while (true) {}
       }`,
      { Timeout: 4 },
      { clock },
    );
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: 1 });
    const invocation = worker.invoke({ loop: true });
    await recorder.written("looping");
    await clock.advance(4000);
    expect(await invocation).toMatchObject({
      outcome: "failed",
      error: { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 4.00 seconds" },
    });
    // A thread that still ran would hold its connection.
    await witness.closed;
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: 1 });
  });

  test("does not kill it a millisecond early", async () => {
    const clock = new SimulatedClock();
    const { worker, recorder } = runFunction(
      `export const handler = () => new Promise((resolve) => {
         console.log("waiting");
         setTimeout(() => resolve("in time"), 1);
       })`,
      { Timeout: 4 },
      { clock },
    );
    const invocation = worker.invoke({});
    await recorder.written("waiting");
    await clock.advance(3999);
    expect(await invocation).toEqual({ outcome: "returned", value: "in time" });
  });
});

describe("a function's execution environments", () => {
  test("are used again when free, and one more is started when all are busy", async () => {
    const { worker } = runFunction(`
      const id = Math.random();
      export const handler = async ({ wait }) => { await new Promise((done) => setTimeout(done, wait)); return id; }`);
    const first = await worker.invoke({ wait: 0 });
    expect(await worker.invoke({ wait: 0 })).toEqual(first);
    const [one, other] = await Promise.all([worker.invoke({ wait: 20 }), worker.invoke({ wait: 20 })]);
    expect(one).not.toEqual(other);
  });

  test("are no more than the reserved concurrency", async () => {
    const { worker } = runFunction(`export const handler = () => new Promise((done) => setTimeout(done, 20, "done"))`, {
      ReservedConcurrentExecutions: 1,
    });
    const running = worker.invoke({});
    expect(await worker.invoke({})).toEqual({ outcome: "throttled" });
    expect(await running).toEqual({ outcome: "returned", value: "done" });
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: "done" });
  });

  test.each([
    ["throws while it is loaded", `throw new Error("QUEUE_URL is not set")`, { errorMessage: "QUEUE_URL is not set" }],
    ["exports no such handler", `export const other = 1`, { errorType: "Runtime.HandlerNotFound" }],
    ["is not JavaScript", `export const = `, { errorType: "SyntaxError" }],
  ])("fail to start where the code %s", async (_, source, error) => {
    const { worker, recorder } = runFunction(source);
    expect(await worker.invoke({})).toMatchObject({ outcome: "failed", error });
    expect(recorder.failures).toMatchObject([error]);
  });

  test("fail to start where there is no such module", async () => {
    const { worker } = runFunction("", { Handler: "main.handler" });
    expect(await worker.invoke({})).toMatchObject({ error: { errorType: "Runtime.ImportModuleError" } });
  });

  test("hand on what is written, line by line, before the result", async () => {
    const { worker, recorder } = runFunction(`
      export const handler = async () => {
        for (let line = 1; line <= 3; line++) console.log("line", line);
        process.stdout.write("in pie"); process.stdout.write("ces\\n");
        console.error("wrong");
      }`);
    await worker.invoke({});
    expect(recorder.lines.filter((line) => line.startsWith("stdout"))).toEqual([
      "stdout: line 1",
      "stdout: line 2",
      "stdout: line 3",
      "stdout: in pieces",
    ]);
    expect(recorder.lines).toContain("stderr: wrong");
  });

  test("that break down between two events are told of and replaced", async () => {
    const { worker, recorder } = runFunction(`
      export const handler = async ({ mine }) => {
        if (mine) setTimeout(() => Promise.reject(new Error("later")), 1);
        return "ok";
      }`);
    await worker.invoke({ mine: true });
    await expect.poll(() => recorder.failures).toMatchObject([{ errorMessage: "later" }]);
    expect(await worker.invoke({})).toEqual({ outcome: "returned", value: "ok" });
  });

  test("end when the host stops, busy or not, and nothing is run after", async () => {
    const { worker, recorder } = runFunction(`export const handler = () => { console.log("busy"); while (true) {} }`);
    const invocation = worker.invoke({});
    await recorder.written("busy");
    await worker.stop();
    expect(await invocation).toMatchObject({ outcome: "failed" });
    expect(await worker.invoke({})).toMatchObject({ outcome: "failed", error: { errorType: "Sandbox.Stopped" } });
    expect(recorder.failures).toEqual([]);
  });
});

/** A server for one connection, whose end tells that whoever made it is gone. */
async function listenForConnection(): Promise<{ port: number; closed: Promise<unknown> }> {
  const server = createServer();
  onTestFinished(() => void server.close());
  const connected = once(server, "connection");
  const closed = connected.then(([socket]) => {
    socket.on("error", () => undefined);
    socket.resume();
    return once(socket, "close");
  });
  return { port: await listen(server, 0), closed };
}
