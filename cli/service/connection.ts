import { DeliveriesClient } from "../../client/deliveries-client.ts";
import { OperationsClient } from "../../client/operations-client.ts";
import type { ClientOptions } from "../../client/options.ts";
import { RemovalsClient } from "../../client/removals-client.ts";
import { networkFault, withFault } from "../../shared/http/network-fault.ts";
import { readUrl } from "../../shared/http/service-url.ts";
import { CommandError } from "../errors.ts";
import { askingAgainText } from "../output/asking-again.ts";
import { unreadableText } from "../output/unreadable.ts";
import { awsTransportOf } from "../proxies.ts";
import type { Surroundings } from "../surroundings.ts";

/**
 * Connects to the service's API: on this machine as it is, anywhere else signed with the AWS credentials of the shell.
 *
 * @param url of the API, with or without `/v1/operations` at its end
 * @throws UrlError if the URL cannot be used
 * @throws ClientError if the region is not known
 */
export async function connect(url: string, surroundings: Surroundings): Promise<OperationsClient> {
  const onUnreadable = (ids: readonly string[]) => surroundings.stderr.write(`${unreadableText(ids)}\n`);
  return new OperationsClient({ ...optionsOf(url, surroundings), onUnreadable });
}

/** Connects as `connect` does, for what webhooks have said. */
export async function connectToDeliveries(url: string, surroundings: Surroundings): Promise<DeliveriesClient> {
  return new DeliveriesClient(optionsOf(url, surroundings));
}

/** Connects as `connect` does, for removals that are held. */
export async function connectToRemovals(url: string, surroundings: Surroundings): Promise<RemovalsClient> {
  return new RemovalsClient(optionsOf(url, surroundings));
}

function optionsOf(url: string, surroundings: Surroundings): ClientOptions {
  const { environment, fetch, clock, random, stderr } = surroundings;
  return {
    url: readUrl(url, "--url").href,
    environment,
    fetch,
    clock,
    random,
    credentials: () => shellCredentials(surroundings),
    onAskingAgain: (event) => stderr.write(`${askingAgainText(event)}\n`),
  };
}

async function shellCredentials({ environment }: Surroundings) {
  // Only who calls a deployed service waits for this to load.
  const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
  return await defaultProvider({ clientConfig: awsTransportOf(environment) })().catch((cause) => {
    const fault = networkFault(cause);
    throw new CommandError(
      fault === undefined
        ? "No AWS credentials were found to sign with. Log in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and its like."
        : withFault("AWS could not be asked for credentials to sign with", fault),
      { cause },
    );
  });
}
