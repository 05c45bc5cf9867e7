/** Operations for what happens to people: they join, move and leave. For all else, write UMAPI's commands. */
import type { OperationRequest } from "../shared/api/requests.ts";

interface Who {
  /** An email, or a username. */
  readonly user: string;
  /** Of a username. */
  readonly domain?: string;
  /** The operation is not sent before that. RFC 3339, with an offset from UTC. @default - as soon as it can be */
  readonly notBefore?: string;
  /** The caller's own mark, which the service shows with the operation. */
  readonly requestID?: string;
}

interface NewUser extends Who {
  readonly firstname: string;
  readonly lastname: string;
  /** Two letters of ISO 3166. */
  readonly country?: string;
  /** User groups and product profiles. @default none */
  readonly groups?: readonly string[];
}

export type Joiner =
  | (NewUser & {
      readonly type: "federatedID";
      readonly country: string /** @default - `user` */;
      readonly email?: string;
    })
  | (NewUser & { readonly type: "enterpriseID" | "adobeID" });

export interface Mover extends Who {
  /** What is another from now on. @default nothing */
  readonly changes?: {
    readonly firstname?: string;
    readonly lastname?: string;
    readonly email?: string;
    readonly username?: string;
  };
  /** User groups and product profiles to come into. @default none */
  readonly joins?: readonly string[];
  /** User groups and product profiles to go out of. @default none */
  readonly leaves?: readonly string[];
}

type Steps = Extract<OperationRequest, { readonly user: string }>["do"];

/** Creates a user, or brings one who is there up to date, and adds the groups. */
export function joiner(person: Joiner): OperationRequest {
  return { ...whoOf(person), do: [created(person), ...added(person.groups ?? [])] };
}

function created(person: Joiner): Steps[number] {
  const { user, firstname, lastname, country, type } = person;
  const option = "updateIfAlreadyExists";
  if (type === "federatedID")
    return { createFederatedID: { email: person.email ?? user, firstname, lastname, country: person.country, option } };
  const details = { email: user, firstname, lastname, ...(country === undefined ? {} : { country }), option } as const;
  return type === "enterpriseID" ? { createEnterpriseID: details } : { addAdobeID: details };
}

/** Changes what is known of a user, and the groups. One of the two must be given. */
export function mover({ changes = {}, joins = [], leaves = [], ...who }: Mover): OperationRequest {
  const removed: Steps = leaves.length === 0 ? [] : [{ remove: { group: leaves } }];
  const updated: Steps = Object.keys(changes).length === 0 ? [] : [{ update: changes }];
  return { ...whoOf(who), do: [...removed, ...added(joins), ...updated] };
}

/** Takes a user out of the organisation. The account and what is in it stay. */
export function leaver(who: Who): OperationRequest {
  return { ...whoOf(who), do: [{ removeFromOrg: {} }] };
}

const added = (groups: readonly string[]): Steps => (groups.length === 0 ? [] : [{ add: { group: groups } }]);

function whoOf({ user, domain, notBefore, requestID }: Who) {
  return {
    user,
    ...(domain === undefined ? {} : { domain }),
    ...(requestID === undefined ? {} : { requestID }),
    ...(notBefore === undefined ? {} : { notBefore }),
  };
}
