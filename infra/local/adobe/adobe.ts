import { asksForIndex, type ServerIndex, serverNames } from "../http/server-index.ts";
import { type ActionBody, answerAction, type CommandOrder, readActionBody } from "./action.ts";
import { checkKey, checkToken } from "./authorise.ts";
import type { Credentials } from "./credentials.ts";
import { adobeEndpoints, sandboxEndpoints } from "./endpoints.ts";
import type { FaultTarget } from "./fault.ts";
import { faultReply } from "./fault-reply.ts";
import { type FaultEffects, Faults, matches } from "./faults.ts";
import { HrRecords } from "./hr-records.ts";
import { exchangeToken } from "./ims.ts";
import { Integration } from "./integration.ts";
import { Organisation } from "./organisation.ts";
import { Quota, type QuotaOptions } from "./quota.ts";
import { hex, type Random, secureRandom } from "./randomness.ts";
import { getUser, listGroups, listMembers, listUsers } from "./reads.ts";
import { type AdobeRequest, json, type Reply } from "./reply.ts";
import type { RequestRecord } from "./request-record.ts";
import { type Route, routeOf } from "./routes.ts";
import { answerSandbox } from "./sandbox-endpoints.ts";

export interface AdobeOptions extends QuotaOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @default the system's secure source */
  readonly random?: Random;
  readonly credentials: Credentials;
  /** How many people the organisation has at the start. @default 0 */
  readonly users?: number;
  /** The order in which the commands of one action request are carried out. @default any */
  readonly order?: CommandOrder;
  /** Entries per page of a listing. @default 2000 */
  readonly pageSize?: number;
  /** Called for each request once it is answered, cut or left hanging. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** Adobe's IMS and User Management API for one organisation and one integration, held in memory. */
export interface Adobe {
  /** Answers a request; never rejects because of its content. */
  handle(request: AdobeRequest): Promise<Reply>;
  /** The credentials that IMS accepts; they can be rotated and revoked. */
  readonly credentials: Integration;
}

export function createAdobe(options: AdobeOptions): Adobe {
  return new AdobeSandbox(options);
}

/** The answer to `GET /status` that Adobe's client expects (umapi-client.py, its test of `Connection.status`). */
const STATUS = { build: "2559", version: "2.1.54", state: "LIVE" };

class AdobeSandbox implements Adobe {
  readonly credentials: Integration;
  readonly #options: AdobeOptions;
  readonly #random: Random;
  readonly #faults = new Faults();
  readonly #quota: Quota;
  readonly #hrRecords = new HrRecords();
  #organisation: Organisation;
  #records: RequestRecord[] = [];

  constructor(options: AdobeOptions) {
    this.#options = options;
    this.#random = options.random ?? secureRandom;
    this.credentials = new Integration(options.credentials, this.#random);
    this.#organisation = this.#newOrganisation();
    this.#quota = new Quota(options);
  }

  async handle(request: AdobeRequest): Promise<Reply> {
    const { pathname, query } = splitPath(request.path);
    if (asksForIndex(request.method, request.path)) return json(200, index);
    if (pathname.startsWith("/_sandbox/")) return this.#answerSandbox(request, pathname);
    const route = routeOf(request.method, pathname);
    const body = route.api === "action" ? readActionBody(request.body) : undefined;
    const record: RequestRecord = {
      at: this.#options.now(),
      method: request.method,
      path: pathname.startsWith("/ims/") ? pathname : request.path,
      status: null,
      commands: body?.kind === "commands" ? body.commands.length : 0,
    };
    this.#records.push(record);
    const reply = this.#echo(request, await this.#answer({ request, route, query, body, at: record.at }));
    if (reply.kind === "response") record.status = reply.status;
    this.#options.onRequest?.(record);
    return reply;
  }

  async #answer(call: Call): Promise<Reply> {
    const target = targetOf(call.route);
    const commands = call.body?.kind === "commands" ? call.body.commands : [];
    const effects = target === undefined ? { commandErrors: [] } : this.#faults.take(target, commands);
    switch (effects.effect?.kind) {
      case undefined:
        return this.#serve(call, effects);
      case "status":
        return faultReply(effects.effect);
      case "reset":
      case "hang":
        return { kind: effects.effect.kind };
      case "applied-then-reset":
        await this.#serve(call, effects);
        return { kind: "reset" };
    }
  }

  async #serve(call: Call, effects: FaultEffects): Promise<Reply> {
    const { request, route, query, at } = call;
    if (route.api === "none") return json(404, { error_code: "404", message: "Resource not found" });
    if (route.api === "status") return json(200, STATUS);
    if (route.api === "record") return this.#hrRecords.answer(route.source, route.id);
    if (route.api === "token") {
      return exchangeToken(route.exchange, request, { query, integration: this.credentials, now: at });
    }
    // A call with a fault is outside the quota: it is neither refused nor counted.
    const quota = effects.effect === undefined && effects.commandErrors.length === 0 ? this.#quota : undefined;
    const refused =
      checkKey(request, this.credentials) ??
      quota?.refuse(route, at) ??
      checkToken(request, { integration: this.credentials, orgId: route.orgId, now: at }) ??
      quota?.refuseListing(route, request, at);
    if (refused !== undefined) return refused;
    const organisation = this.#organisation;
    const read = { organisation, query, pageSize: this.#options.pageSize ?? 2000 };
    switch (route.api) {
      case "action":
        return answerAction(request, {
          body: call.body ?? readActionBody(request.body),
          organisation,
          order: this.#options.order ?? "any",
          random: this.#random,
          testMode: query.get("testOnly")?.toLowerCase() === "true",
          forced: (command) => forcedFailure(effects, command),
        });
      case "users":
        return route.groupName === undefined
          ? listUsers(route.page, read)
          : listMembers(route.page, route.groupName, read);
      case "user":
        return getUser(route.userString, read);
      case "groups":
        return listGroups(route.page, read);
    }
  }

  #answerSandbox(request: AdobeRequest, pathname: string): Reply {
    return answerSandbox(request, pathname, {
      records: this.#records,
      organisation: this.#organisation,
      faults: this.#faults,
      hrRecords: this.#hrRecords,
      reset: () => this.#reset(),
    });
  }

  #reset(): void {
    this.#organisation = this.#newOrganisation();
    this.#records = [];
    this.#hrRecords.clear();
    this.#faults.replace([]);
    this.#quota.reset();
  }

  #newOrganisation(): Organisation {
    return new Organisation({ random: this.#random, users: this.#options.users ?? 0 });
  }

  /** UMAPI docs: Adobe returns a client's X-Request-Id, or makes one up if there is none. */
  #echo(request: AdobeRequest, reply: Reply): Reply {
    if (reply.kind !== "response") return reply;
    const id = request.headers["x-request-id"] ?? hex(this.#random, 32).toLowerCase();
    return { ...reply, headers: { ...reply.headers, "x-request-id": id } };
  }
}

const index: ServerIndex = { server: serverNames.adobe, endpoints: [...adobeEndpoints, ...sandboxEndpoints] };

interface Call {
  readonly request: AdobeRequest;
  readonly route: Route;
  readonly query: URLSearchParams;
  readonly body: ActionBody | undefined;
  /** Epoch milliseconds at arrival. */
  readonly at: number;
}

function targetOf(route: Route): FaultTarget | undefined {
  if (route.api === "none" || route.api === "status") return undefined;
  return route.api === "user" ? "users" : route.api;
}

function forcedFailure(effects: FaultEffects, command: unknown) {
  const error = effects.commandErrors.find((each) => matches(command, each.command))?.error;
  if (error === undefined) return undefined;
  const { errorCode: code, message, step } = error;
  return { code, message, ...(step === undefined ? {} : { step }) };
}

function splitPath(path: string): { pathname: string; query: URLSearchParams } {
  const [pathname = "", ...rest] = path.split("?");
  return { pathname, query: new URLSearchParams(rest.join("?")) };
}
