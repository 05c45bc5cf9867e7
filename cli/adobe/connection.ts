import { ports } from "../../shared/api/local-ports.ts";
import { HttpExchange } from "../../shared/http/exchange.ts";
import { readUrl } from "../../shared/http/service-url.ts";
import { adobeUrls } from "../../shared/ims/adobe-urls.ts";
import type { Credentials } from "../../shared/ims/credentials.ts";
import { exchangeBy } from "../../shared/ims/exchange.ts";
import { TokenError, TokenSource } from "../../shared/ims/token-source.ts";
import { MemoryLaneStore } from "../../shared/pacing/lane-store-memory.ts";
import { Reads } from "../../shared/reads/reads.ts";
import type { Access } from "../../shared/umapi/access.ts";
import { UmapiClient } from "../../shared/umapi/client.ts";
import { loadCredentials } from "../config/load-credentials.ts";
import { CommandError } from "../errors.ts";
import type { Surroundings } from "../surroundings.ts";

export interface AdobeOptions {
  /** A file with Adobe's credentials. @default - those of the local sandbox */
  readonly credentials?: string | undefined;
  /** Which of the file's credentials. @default - the only one */
  readonly credentialName?: string | undefined;
  /** Where IMS and the User Management API are. @default - Adobe for a file of credentials, else the local sandbox */
  readonly adobeUrl?: string | undefined;
  readonly auth: "oauth" | "jwt";
}

/** Written by `npm start` and `npm run adobe`. */
const sandboxCredentials = ".local/credentials.json";
const sandboxUrl = `http://127.0.0.1:${ports.adobe}`;
const tokenTimeoutSeconds = 20;
const requestTimeoutSeconds = 120;

export interface AdobeConnection {
  readonly access: Access;
  readonly reads: Reads;
}

/**
 * Exchanges credentials for a token, so that a fault of the credentials or of the network shows at once.
 *
 * @throws CommandError
 */
export async function connectToAdobe(options: AdobeOptions, surroundings: Surroundings): Promise<AdobeConnection> {
  const { clock, fetch, random, newId } = surroundings;
  const now = () => clock.now();
  const file = options.credentials ?? sandboxCredentials;
  const credentials = await load(file, options, surroundings);
  const urls = urlsFor(options);
  const http = new HttpExchange(fetch, clock);
  const exchange = exchangeBy(options.auth, http, { imsUrl: urls.imsUrl, tokenTimeoutSeconds }, now);
  const tokens = new TokenSource(clock, async () => credentials, exchange);
  const access = await tokens.access().catch((cause) => {
    if (!(cause instanceof TokenError)) throw cause;
    const isSandbox = options.credentials === undefined && options.adobeUrl === undefined;
    const advice = isSandbox
      ? " Start the local stack (npm start or umapi local), or name a file with --credentials."
      : "";
    throw new CommandError(`There is no token from ${urls.imsUrl} for ${file}: ${cause.message}${advice}`, { cause });
  });
  const umapi = new UmapiClient(http, { umapiUrl: urls.umapiUrl, requestTimeoutSeconds }, now);
  const lanes = { users: new MemoryLaneStore(), groups: new MemoryLaneStore() };
  return { access, reads: new Reads({ clock, random, requestId: newId, tokens, umapi, lanes }) };
}

async function load(file: string, options: AdobeOptions, { stderr }: Surroundings): Promise<Credentials> {
  const wanted = { name: options.credentialName, key: options.auth === "jwt" };
  return await loadCredentials(file, wanted, stderr).catch((error) => {
    if (options.credentials !== undefined || !(error instanceof CommandError)) throw error;
    throw new CommandError(
      `${error.message} Start the local stack (npm start or umapi local) in this folder, or name a file with --credentials.`,
      { cause: error },
    );
  });
}

function urlsFor({ adobeUrl, credentials }: AdobeOptions): { readonly imsUrl: string; readonly umapiUrl: string } {
  if (adobeUrl === undefined && credentials !== undefined) return adobeUrls;
  const base = readUrl(adobeUrl ?? sandboxUrl, "--adobe-url").href.replace(/\/$/, "");
  return { imsUrl: base, umapiUrl: `${base}/v2/usermanagement` };
}
