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
  /** The synthesized stack: a folder with one `*.template.json` and its `*.assets.json`, or a promise of it. */
  readonly directory: string | Promise<string>;
  readonly endpoints: Endpoints;
  /** The value that an operator would put into the stack's secret. */
  readonly secretValue: string;
  /** Other values for environment variables that a function declares. */
  readonly overrides: Readonly<Record<string, string>>;
  /** 0 for any free port. */
  readonly port: number;
  readonly listener: HostListener;
}

interface HostListener extends FunctionListener {
  /** Called when a queue cannot be read or written; it is tried again. */
  onPollError(logicalId: string, error: unknown): void;
}

export interface Host {
  /** The URL of the HTTP API, without a slash at the end. */
  readonly apiUrl: string;
  /** The stack that runs, with the local names of its resources. */
  readonly stack: Stack;
  /** A sentence for each part of the template that this machine does not run. */
  readonly notes: readonly string[];
  /**
   * Ends everything at once: it cuts connections and ends functions. Messages in work come back after their visibility
   * timeout.
   */
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
    // The port is opened first, so that a port in use is known at once, and because functions may need the URL. Early
    // requests wait, except those for the index.
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
