import { type Meaning, meaningOfCode, meaningOfProxyStatus, unknownMeaning } from "./network-faults.ts";

/** A request failed on the network's part, and not by an answer. */
export interface NetworkFault extends Meaning {
  /** As the system, OpenSSL or Node.js calls it, such as `ENOTFOUND`; `proxy 407` for a proxy's refusal. */
  readonly code: string;
  /** The host, or the address and port, that it failed at, where the error tells: with a proxy, the proxy's. */
  readonly at?: string;
}

/** A chain of causes ends somewhere. */
const longestChain = 8;

/**
 * Reads what the network did off an error of `fetch`, of Node's `http` or of the AWS SDK. `fetch` puts the system's
 * error on the cause; where several addresses were tried, there is one for each.
 *
 * @returns undefined if it is an error of another kind
 */
export function networkFault(error: unknown): NetworkFault | undefined {
  const causes = causesOf(error, longestChain);
  const known = causes.flatMap((cause) => faultOf(cause) ?? []);
  const faults = known.length > 0 ? known : causes.flatMap((cause) => unknownFaultOf(cause) ?? []);
  const [first] = faults;
  return first === undefined ? undefined : { ...first, isUnsent: faults.every(({ isUnsent }) => isUnsent) };
}

/**
 * Ends a sentence about somebody who gave no answer: `<subject> (ENOTFOUND at example.com): its host name is not known.
 * Check how it is spelled. …`
 *
 * @param fault undefined where nothing is known
 */
export function withFault(subject: string, fault: NetworkFault | undefined): string {
  if (fault === undefined) return `${subject}.`;
  const { code, at, what, advice } = fault;
  const name = at === undefined || subject.includes(at) ? code : nameOf(fault);
  return `${subject} (${name}): ${what}. ${advice}`;
}

/** What a log line says of a fault. */
export interface FaultDetails {
  /** `ENOTFOUND at example.com` */
  readonly network: string;
  readonly advice: string;
}

export function detailsOf(fault: NetworkFault): FaultDetails {
  const { what, advice } = fault;
  return { network: nameOf(fault), advice: `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${advice}` };
}

/** The same of any error; nothing where it is not the network's. */
export function networkDetails(error: unknown): Partial<FaultDetails> {
  const fault = networkFault(error);
  return fault === undefined ? {} : detailsOf(fault);
}

const nameOf = ({ code, at }: NetworkFault) => (at === undefined ? code : `${code} at ${at}`);

function causesOf(error: unknown, left: number): Error[] {
  if (!(error instanceof Error) || left === 0) return [];
  const several: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...several.flatMap((each) => causesOf(each, left - 1)), error, ...causesOf(error.cause, left - 1)];
}

function faultOf(error: Error): NetworkFault | undefined {
  const code = "code" in error ? String(error.code) : "";
  const [, status] = /(?:Proxy response \(|HTTP\/1\.\d )(\d{3})/.exec(proxyWords(code, error)) ?? [];
  if (status !== undefined) return { code: `proxy ${status}`, ...meaningOfProxyStatus(Number(status)) };
  // The AWS SDK's and the platform's, which have no code.
  const named = error.name === "TimeoutError" ? "ETIMEDOUT" : code;
  const meaning = meaningOfCode(named);
  return meaning === undefined ? undefined : { code: named, ...meaning, ...placeOf(error) };
}

/** What the system or `fetch` failed with that is in no table: the code is all there is to say. */
function unknownFaultOf(error: Error): NetworkFault | undefined {
  const isSystems = "syscall" in error;
  const cause = isSystems ? error : error.message === "fetch failed" ? error.cause : undefined;
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return undefined;
  return { code: cause.code, ...unknownMeaning, ...placeOf(cause) };
}

/** The words by which undici and Node's `http` tell of a proxy's refusal; nothing for any other error. */
function proxyWords(code: string, { message }: Error): string {
  return code === "ERR_PROXY_TUNNEL" || code === "UND_ERR_ABORTED" ? message : "";
}

function placeOf(error: Error): { readonly at?: string } {
  if ("hostname" in error && typeof error.hostname === "string") return { at: error.hostname };
  if ("address" in error && "port" in error) return { at: `${error.address}:${error.port}` };
  return {};
}
