import { type Meaning, meaningOfCode, meaningOfProxyStatus, unknownMeaning } from "./network-faults.ts";

/** A failure of the network, and not of an answer. */
export interface NetworkFault extends Meaning {
  /** The code of the system, OpenSSL or Node.js, such as `ENOTFOUND`; `proxy 407` if a proxy refused. */
  readonly code: string;
  /** The host, or the address and port, that could not be reached, if the error names it; with a proxy, the proxy's. */
  readonly at?: string;
}

/** How many causes of causes are looked at. */
const longestChain = 8;

/**
 * Finds the network's failure in an error of `fetch`, of Node's `http` or of the AWS SDK. `fetch` puts the system's
 * error into `cause`; if it tried several addresses, there is one error for each.
 *
 * @returns undefined if the error has another reason
 */
export function networkFault(error: unknown): NetworkFault | undefined {
  const causes = causesOf(error, longestChain);
  const known = causes.flatMap((cause) => faultOf(cause) ?? []);
  const faults = known.length > 0 ? known : causes.flatMap((cause) => unknownFaultOf(cause) ?? []);
  const [first] = faults;
  return first === undefined ? undefined : { ...first, isUnsent: faults.every(({ isUnsent }) => isUnsent) };
}

/**
 * Completes a sentence about a server that gave no answer: `<subject> (ENOTFOUND at example.com): its host name is not
 * known. Check how it is spelled. …`
 *
 * @param fault undefined if nothing is known
 */
export function withFault(subject: string, fault: NetworkFault | undefined): string {
  if (fault === undefined) return `${subject}.`;
  const { code, at, what, advice } = fault;
  const name = at === undefined || subject.includes(at) ? code : nameOf(fault);
  return `${subject} (${name}): ${what}. ${advice}`;
}

/** What a log line says about a fault. */
export interface FaultDetails {
  /** `ENOTFOUND at example.com` */
  readonly network: string;
  readonly advice: string;
}

export function detailsOf(fault: NetworkFault): FaultDetails {
  const { what, advice } = fault;
  return { network: nameOf(fault), advice: `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${advice}` };
}

/** The log's details of any error; empty if it is not the network's. */
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
  // Timeouts of the AWS SDK and of `AbortSignal` have no code.
  const named = error.name === "TimeoutError" ? "ETIMEDOUT" : code;
  const meaning = meaningOfCode(named);
  return meaning === undefined ? undefined : { code: named, ...meaning, ...placeOf(error) };
}

/** A fault of the system or of `fetch` whose code is not in our table. */
function unknownFaultOf(error: Error): NetworkFault | undefined {
  const isSystems = "syscall" in error;
  const cause = isSystems ? error : error.message === "fetch failed" ? error.cause : undefined;
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return undefined;
  return { code: cause.code, ...unknownMeaning, ...placeOf(cause) };
}

/** The message in which undici or Node's `http` tells that a proxy refused; empty for any other error. */
function proxyWords(code: string, { message }: Error): string {
  return code === "ERR_PROXY_TUNNEL" || code === "UND_ERR_ABORTED" ? message : "";
}

function placeOf(error: Error): { readonly at?: string } {
  if ("hostname" in error && typeof error.hostname === "string") return { at: error.hostname };
  if ("address" in error && "port" in error) return { at: `${error.address}:${error.port}` };
  return {};
}
