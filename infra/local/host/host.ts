import { createServer, type RequestListener } from "node:http";
import { refuseForeign } from "../http/refuse-foreign.ts";
import { asksForIndex, sendIndex } from "../http/server-index.ts";
import type { Endpoints } from "./endpoints.ts";
import { startMappings } from "./event-source-mapping/event-source-mappings.ts";
import { apiIndex } from "./http-api/api-index.ts";
import { apiListener } from "./http-api/api-server.ts";
import { defineApi, readApi } from "./http-api/read-api.ts";
import { defineFunction } from "./lambda/function-configuration.ts";
import { Functions } from "./lambda/functions.ts";
import type { FunctionListener } from "./lambda/lambda-function.ts";
import { listen } from "./listen.ts";
import { createResources } from "./resources/create-resources.ts";
import { readSchedules } from "./schedules/read-schedules.ts";
import { runSchedule } from "./schedules/run-schedule.ts";
import { Stack } from "./stack.ts";
import type { Surroundings } from "./surroundings.ts";
import { readTemplate } from "./template.ts";

export interface HostOptions extends Surroundings {
  /** The synthesized stack: a folder with one `*.template.json` and its `*.assets.json`; waited for, if need be. */
  readonly directory: string | Promise<string>;
  readonly endpoints: Endpoints;
  /** What an operator would put into the stack's secret. */
  readonly secretValue: string;
  /** Other values for environment variables of functions, where a function declares them. */
  readonly overrides: Readonly<Record<string, string>>;
  /** 0 for any that is free. */
  readonly port: number;
  readonly listener: HostListener;
}

interface HostListener extends FunctionListener {
  /** A queue cannot be read or written just now; it is tried again. */
  onPollError(logicalId: string, error: unknown): void;
}

export interface Host {
  /** Where the HTTP API answers, without a slash at the end. */
  readonly apiUrl: string;
  /** What runs, and what its resources are called here. */
  readonly stack: Stack;
  /** Sentences about what the template says and this machine does not do. */
  readonly notes: readonly string[];
  /** Ends everything at once: connections are cut, functions ended, messages in work left to their visibility timeout. */
  stop(): Promise<void>;
}

/**
 * Runs a synthesized CloudFormation stack on this machine: its HTTP API (out of reach of web pages), functions, event
 * source mappings and schedules.
 *
 * @throws {SetupError} in one line, if the template is not usable or a service refuses; `EADDRINUSE` if the port is taken
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { directory, endpoints, overrides, listener, secretValue, clock, newId } = options;
  const surroundings: Surroundings = { clock, newId };
  const stopping = new AbortController();
  const cleanUps: (() => Promise<unknown>)[] = [async () => stopping.abort()];
  const stop = async () => {
    await Promise.all(cleanUps.map((cleanUp) => cleanUp()));
  };

  try {
    const ready = Promise.withResolvers<RequestListener>();
    let answer: RequestListener = async (request, response) => {
      if (asksForIndex(request.method, request.url)) sendIndex(response, apiIndex({ routes: [], stages: [] }));
      else (await ready.promise)(request, response);
    };
    // The port is taken first, so that one in use is known at once, and because functions may be told the URL. Who
    // calls early waits, but for the index.
    const server = createServer(refuseForeign((request, response) => answer(request, response)));
    const apiUrl = `http://127.0.0.1:${await listen(server, options.port)}`;
    cleanUps.push(async () => {
      server.close();
      server.closeAllConnections();
    });

    const stack = new Stack(readTemplate(await directory));
    for (const resource of stack.ofType("AWS::Lambda::Function")) defineFunction(stack, resource);
    defineApi(stack, apiUrl);
    await createResources(stack, endpoints, secretValue);

    const functions = new Functions({ stack, endpoints, overrides, listener, surroundings });
    cleanUps.push(() => functions.stop());
    const { schedules, notes } = readSchedules(stack, functions);
    for (const schedule of schedules) void runSchedule(schedule, surroundings, stopping.signal);

    const api = readApi(stack, functions);
    const mappings = await startMappings({
      stack,
      functions,
      sqsEndpoint: endpoints.sqs,
      surroundings,
      onError: (logicalId, error) => listener.onPollError(logicalId, error),
    });
    cleanUps.push(() => mappings.stop());
    answer = apiListener(api, surroundings);
    ready.resolve(answer);
    return { apiUrl, stack, notes: [notEnforced, ...notes], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const notEnforced = "Authorizers and stage throttling are not enforced on this machine.";
