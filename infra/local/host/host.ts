import { type Door, newDoor } from "./door.ts";
import type { Endpoints } from "./endpoints.ts";
import { startMappings } from "./event-source-mapping/event-source-mappings.ts";
import { apiListener } from "./http-api/api-server.ts";
import { apisOf, defineApi, readApi } from "./http-api/read-api.ts";
import { type Differences, defineFunction, defineVersions } from "./lambda/function-configuration.ts";
import { Functions } from "./lambda/functions.ts";
import type { FunctionListener, InvocationResult } from "./lambda/lambda-function.ts";
import { notRun } from "./not-run.ts";
import { createResources, type SecretValue } from "./resources/create-resources.ts";
import { type ParameterStore, readParameters } from "./resources/parameters.ts";
import { readSchedules, type Schedule } from "./schedules/read-schedules.ts";
import { findSchedule, runOnce, runSchedule } from "./schedules/run-schedule.ts";
import { Stack } from "./stack.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Template } from "./template.ts";

export interface HostOptions extends Surroundings, Differences {
  /** The synthesized stack, or a promise of it. */
  readonly template: Template | Promise<Template>;
  /** Whether it is somebody's own: what cannot be run of it is left out, and not an error. @default false */
  readonly isForeign?: boolean;
  readonly endpoints: Endpoints;
  /** Where functions find SSM parameters. @default - they find none */
  readonly parameters?: ParameterStore;
  /** The value that an operator would put into a secret of the stack. */
  readonly secretValue: SecretValue;
  /** Of the API that takes operations, else the first; others have any free port. 0 for any free port. */
  readonly port: number;
  readonly listener: HostListener;
}

interface HostListener extends FunctionListener {
  /** Called when a queue cannot be read or written; it is tried again. */
  onPollError(logicalId: string, error: unknown): void;
}

/** What a schedule was fired for, and what came of it. */
interface Fired {
  readonly name: string;
  /** One for each of its functions, once they have ended. */
  readonly results: Promise<readonly InvocationResult[]>;
}

export interface Host {
  /** The URL of the HTTP API that takes operations, without a slash at the end. */
  readonly apiUrl: string;
  /** Its construct, where there is one; undefined for a stack without an API. */
  readonly apiName: string | undefined;
  /** The HTTP APIs besides. Each has the ids of its construct for a name. */
  readonly otherApis: readonly { readonly name: string; readonly url: string }[];
  /** The stack that runs, with the local names of its resources. */
  readonly stack: Stack;
  readonly schedules: readonly Schedule[];
  /** A sentence for each part of the template that this machine does not run. */
  readonly notes: readonly string[];
  /**
   * Runs a schedule now.
   *
   * @param name its own, that of its construct, or its logical id
   * @returns undefined if there is no such schedule
   */
  fire(name: string): Fired | undefined;
  /**
   * Ends everything at once: it cuts connections and ends functions. Messages in work come back after their visibility
   * timeout.
   */
  stop(): Promise<void>;
}

/**
 * Runs a synthesized CloudFormation stack on this machine: its HTTP APIs (out of reach of web pages), functions, event
 * source mappings and schedules.
 *
 * @throws {SetupError} in one line, if the template is not usable or a service refuses; `EADDRINUSE` if the port is taken
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const {
    endpoints,
    overrides,
    additions,
    listener,
    secretValue,
    parameters,
    isForeign = false,
    clock,
    newId,
  } = options;
  const surroundings: Surroundings = { clock, newId };
  const stopping = new AbortController();
  const cleanUps: (() => Promise<unknown>)[] = [async () => stopping.abort()];
  const stop = async () => {
    await Promise.all(cleanUps.map((cleanUp) => cleanUp()));
  };
  const openDoor = async (port: number): Promise<Door> => {
    const door = await newDoor(port);
    cleanUps.push(() => door.close());
    return door;
  };

  try {
    const first = await openDoor(options.port);
    const stack = new Stack(await options.template, isForeign);
    for (const resource of stack.ofType("AWS::Lambda::Function")) defineFunction(stack, resource);
    defineVersions(stack);
    const apis = await Promise.all(
      apisOf(stack).map(async (resource, index) => {
        const door = index === 0 ? first : await openDoor(0);
        const apiId = index === 0 ? "local" : `local${index + 1}`;
        defineApi(stack, resource, door.url, apiId);
        return { door, apiId, name: resource.path ?? resource.logicalId };
      }),
    );
    await createResources(stack, endpoints, secretValue);
    for (const { name, value } of readParameters(stack)) parameters?.put(name, value);

    const functions = new Functions({ stack, endpoints, overrides, additions, listener, surroundings });
    cleanUps.push(() => functions.stop());
    const { schedules, notes } = readSchedules(stack, functions);
    for (const schedule of schedules) void runSchedule(schedule, surroundings, stopping.signal);

    const answered = apis.map(({ door, apiId }) => {
      return { door, listener: apiListener(readApi(stack, apiId, functions), surroundings) };
    });
    const mappings = await startMappings({
      stack,
      functions,
      sqsEndpoint: endpoints.sqs,
      surroundings,
      onError: (logicalId, error) => listener.onPollError(logicalId, error),
    });
    cleanUps.push(() => mappings.stop());
    if (apis.length === 0) first.open(apiListener({ apiId: "local", routes: [], stages: [] }, surroundings));
    for (const { door, listener: answer } of answered) door.open(answer);
    return {
      apiUrl: first.url,
      apiName: apis[0]?.name,
      otherApis: apis.slice(1).map(({ name, door }) => ({ name, url: door.url })),
      stack,
      schedules,
      notes: [notEnforced, ...notes, ...(isForeign ? notRun(stack) : []), ...stack.leftOut],
      fire(wanted) {
        const schedule = findSchedule(schedules, wanted);
        return schedule && { name: schedule.name, results: runOnce(schedule, clock.now(), surroundings) };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const notEnforced = "Authorizers and stage throttling are not enforced on this machine.";
