import { isOnThisMachine } from "../shared/http/service-url.ts";
import { SettingsError } from "./errors.ts";

/** AWS credentials, as the SDK's providers give them. */
export type CredentialProvider = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}>;

export interface Caller {
  /** AWS credentials to sign with (SigV4). @default - those of a Lambda, from the environment */
  readonly credentials?: CredentialProvider | undefined;
  /** To sign for. @default - as the URL says, else the environment's AWS_REGION */
  readonly region?: string | undefined;
  /** Gives a bearer token, for an API with a JWT authorizer. With it nothing is signed. */
  readonly token?: (() => Promise<string>) | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A request with what lets it in. */
interface Authorized {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is sent, as far as a signature is about it. */
export interface Unauthorized {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Authorize = (url: string, request: Unauthorized) => Promise<Authorized>;

/**
 * How requests of this caller are let in: signed, or with a token. To this machine they go as they are.
 *
 * @param now milliseconds since the epoch
 * @throws SettingsError
 */
export function authorization(url: URL, caller: Caller, environment: Environment, now: () => number): Authorize {
  const { token, credentials = () => fromEnvironment(environment) } = caller;
  if (token !== undefined)
    return async (target, { headers: given }) => {
      return { url: target, headers: { ...given, authorization: `Bearer ${await token()}` } };
    };
  if (isOnThisMachine(url)) return async (target, { headers }) => ({ url: target, headers });
  const region = caller.region ?? regionOf(url, environment);
  if (region === undefined)
    throw new SettingsError("The URL does not tell the AWS region in which to sign. Set AWS_REGION to it.");
  return async (target, request) => {
    // Only who calls a deployed service waits for this to load.
    const { signed } = await import("./signed.ts");
    return await signed(target, request, { region, credentials, now });
  };
}

function regionOf({ hostname }: URL, { AWS_REGION, AWS_DEFAULT_REGION }: Environment): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? AWS_REGION ?? AWS_DEFAULT_REGION;
}

/** As Lambda gives them to a function. */
async function fromEnvironment(environment: Environment) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined)
    throw new SettingsError(
      "There are no AWS credentials to sign with: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set. Outside of a Lambda, give the client credentials.",
    );
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}
