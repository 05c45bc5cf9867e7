import { problemSchema } from "../../shared/api/problem.ts";
import { networkFault, withFault } from "../../shared/http/network-fault.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import { readUrl } from "../../shared/http/service-url.ts";
import { signed } from "../../shared/webhooks/sign.ts";
import { CommandError } from "../errors.ts";
import { nameOf, readBytes } from "../files.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { keyOf } from "./key-of.ts";
import { loadSource } from "./load-sources.ts";

interface SendOptions {
  readonly webhooks?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly url: string;
}

/** `umapi webhooks send`. */
export async function send(
  name: string,
  file: string,
  options: SendOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { clock, newId, stdout } = surroundings;
  const source = await loadSource(name, options.webhooks);
  const key = await keyOf(name, options.keyFile);
  const { headers, body } = signed(source, key, await readBytes(file), newId(), clock.now());
  const base = readUrl(options.url, "--url").href.replace(/\/$/, "");
  await post(`${base}/v1/webhooks/${name}`, headers, Buffer.from(body), surroundings);
  await printLine(stdout, `The service has stored ${nameOf(file)} as a delivery of ${name}.`);
}

/** @throws CommandError unless the delivery is stored */
async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array<ArrayBuffer>,
  { fetch }: Surroundings,
): Promise<void> {
  const response = await fetch(url, { method: "POST", headers, body, redirect: "manual" }).catch((cause) => {
    const fault = networkFault(cause);
    const told = fault === undefined ? `${url} cannot be reached.` : withFault(`${url} cannot be reached`, fault);
    throw new CommandError(`${told} Start the local stack (npm start or umapi local), or name another with --url.`, {
      cause,
    });
  });
  if (response.status === 202) return;
  const problem = problemSchema.safeParse(parseJson(await response.text()));
  const why = problem.success ? problem.data.detail : "It does not say why.";
  const hint = response.status === 401 ? " Is the source one of the stack's, and the key its own?" : "";
  throw new CommandError(`${url} answers ${response.status}. ${why}${hint}`);
}
