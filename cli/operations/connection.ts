import { ports } from "../../shared/api/local-ports.ts";
import type { Fetch } from "../../shared/http/exchange.ts";
import { networkFault, withFault } from "../../shared/http/network-fault.ts";
import { CommandError } from "../errors.ts";
import { awsTransportOf } from "../proxies.ts";
import type { Surroundings } from "../surroundings.ts";
import { isOnThisMachine, readUrl } from "../url.ts";
import { OperationsApi } from "./operations-api.ts";

/** Where `npm start` listens. */
export const localApiUrl = `http://127.0.0.1:${ports.api}`;

/**
 * Connects to the service's API: on this machine as it is, anywhere else signed with the AWS credentials of the shell.
 *
 * @param url of the API, with or without `/v1/operations` at its end
 * @throws CommandError if the URL cannot be used, or the region is not known
 */
export async function connect(url: string, surroundings: Surroundings): Promise<OperationsApi> {
  const base = readUrl(url, "--url");
  const { clock, stderr } = surroundings;
  const fetch = isOnThisMachine(base) ? surroundings.fetch : await signed(base, surroundings);
  const advice =
    url === localApiUrl ? "Start the local stack (npm start), or name a deployed service with --url." : undefined;
  return new OperationsApi({ url: base.href.replace(/\/(v1\/operations\/?)?$/, ""), fetch, clock, stderr, advice });
}

async function signed({ hostname }: URL, { environment, fetch }: Surroundings): Promise<Fetch> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const region = /\.execute-api\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? AWS_REGION ?? AWS_DEFAULT_REGION;
  if (region === undefined)
    throw new CommandError("The URL does not tell the AWS region in which to sign. Set AWS_REGION to it.");
  // Only who calls a deployed service waits for these to load.
  const [{ signedFetch }, { defaultProvider }] = await Promise.all([
    import("./signed-fetch.ts"),
    import("@aws-sdk/credential-provider-node"),
  ]);
  const provider = defaultProvider({ clientConfig: awsTransportOf(environment) });
  const credentials = () =>
    provider().catch((cause) => {
      const fault = networkFault(cause);
      throw new CommandError(
        fault === undefined
          ? "No AWS credentials were found to sign with. Log in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and its like."
          : withFault("AWS could not be asked for credentials to sign with", fault),
        { cause },
      );
    });
  return signedFetch(fetch, region, credentials);
}
