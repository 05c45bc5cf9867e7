import { randomUUID } from "node:crypto";
import { onTestFinished, vi } from "vitest";
import type { Endpoints } from "../../../../infra/local/host/endpoints.ts";
import { type Host, startHost } from "../../../../infra/local/host/host.ts";
import { defineFunction } from "../../../../infra/local/host/lambda/function-configuration.ts";
import { Functions } from "../../../../infra/local/host/lambda/functions.ts";
import type { LambdaFunction } from "../../../../infra/local/host/lambda/lambda-function.ts";
import type { InvocationError } from "../../../../infra/local/host/lambda/messages.ts";
import type { ParameterStore } from "../../../../infra/local/host/resources/parameters.ts";
import { Stack } from "../../../../infra/local/host/stack.ts";
import { readTemplate } from "../../../../infra/local/host/template.ts";
import type { Clock } from "../../../../shared/time/clock.ts";
import { systemClock } from "../../../../shared/time/system-clock.ts";
import { patience } from "../../../support/patience.ts";
import { lambda, writeAssembly } from "./assembly.ts";

/** Nobody listens there. */
export const nowhere: Endpoints = {
  sqs: "http://127.0.0.1:9",
  dynamodb: "http://127.0.0.1:9",
  secretsManager: "http://127.0.0.1:9",
  lambda: "http://127.0.0.1:9",
  others: "http://127.0.0.1:9",
};

/** Keeps what functions wrote and how they failed. */
export class Recorder {
  readonly lines: string[] = [];
  readonly failures: InvocationError[] = [];
  readonly pollErrors: unknown[] = [];

  onLine(_: unknown, stream: "stdout" | "stderr", line: string): void {
    this.lines.push(`${stream}: ${line}`);
  }

  onFailure(_: unknown, error: InvocationError): void {
    this.failures.push(error);
  }

  onPollError(_: string, error: unknown): void {
    this.pollErrors.push(error);
  }

  /** Resolves once a function has written this line to stdout. */
  async written(line: string): Promise<void> {
    await vi.waitUntil(() => this.lines.includes(`stdout: ${line}`), patience);
  }
}

interface RunOptions {
  readonly clock?: Clock;
  readonly endpoints?: Endpoints;
  readonly isForeign?: boolean;
  readonly parameters?: ParameterStore;
  readonly overrides?: Record<string, string>;
}

/** Starts the host for an assembly; it is stopped after the test. */
export async function runHost(
  directory: string,
  { overrides = {}, ...options }: RunOptions = {},
): Promise<{ host: Host; recorder: Recorder }> {
  const recorder = new Recorder();
  const host = await startHost({
    template: readTemplate(directory),
    endpoints: nowhere,
    secretValue: () => '{"clientId":"local"}',
    overrides: () => overrides,
    port: 0,
    clock: systemClock,
    newId: randomUUID,
    listener: recorder,
    ...options,
  });
  onTestFinished(() => host.stop());
  return { host, recorder };
}

/** One function of this source text, without a host around it. */
export function runFunction(
  source: string,
  properties: object = {},
  { clock = systemClock, endpoints = nowhere, overrides = {} }: RunOptions = {},
): { worker: LambdaFunction; recorder: Recorder } {
  const recorder = new Recorder();
  const stack = new Stack(readTemplate(writeAssembly({ Worker: lambda("code", properties) }, { code: source })));
  for (const resource of stack.ofType("AWS::Lambda::Function")) defineFunction(stack, resource);
  const functions = new Functions({
    stack,
    endpoints,
    overrides: () => overrides,
    listener: recorder,
    surroundings: { clock, newId: randomUUID },
  });
  onTestFinished(() => functions.stop());
  return { worker: functions.find("Test-Worker", "test"), recorder };
}
