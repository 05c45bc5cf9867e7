/** The URLs of everything that runs. */
export interface Addresses {
  readonly apiUrl: string;
  /** Which it is; undefined where that is clear. */
  readonly apiName?: string | undefined;
  readonly adobeUrl: string;
  readonly awsUrl: string;
  /** Of HTTP APIs besides, and how their owner calls them. */
  readonly otherApis?: readonly OtherApi[];
}

interface OtherApi {
  readonly name: string;
  readonly url: string;
}

/**
 * What `npm start` prints once it runs. @param notes a sentence for each part of the template that this machine does
 * not run
 * @param joinerCurl a command that posts a signed webhook; undefined if the stack takes none
 */
export function introduction(
  { apiUrl, apiName, adobeUrl, awsUrl, otherApis = [] }: Addresses,
  notes: readonly string[],
  joinerCurl?: string,
): string {
  const command = {
    user: "jane.doe@example.com",
    do: [
      {
        createFederatedID: {
          email: "jane.doe@example.com",
          firstname: "Jane",
          lastname: "Doe",
          country: "US",
          option: "ignoreIfAlreadyExists",
        },
      },
    ],
  };
  return [
    `API            ${apiUrl}/v1/operations${apiName === undefined ? "" : ` (${apiName})`}`,
    ...otherApis.map(({ name, url }) => `API            ${url} (${name})`),
    `Reference      ${apiUrl}/_local/reference (what the API takes and answers, to try out)`,
    `Adobe sandbox  ${adobeUrl} (what it has got: ${adobeUrl}/_sandbox/requests)`,
    `AWS            ${awsUrl} (SQS, DynamoDB, Secrets Manager)`,
    "",
    ...notes,
    "",
    `curl ${apiUrl}/v1/operations -H 'Content-Type: application/json' -d '${JSON.stringify(command)}'`,
    "",
    ...(joinerCurl === undefined
      ? []
      : ["The same from an HR system, by a webhook (the signature is good for five minutes):", "", joinerCurl, ""]),
    "Ready. Ctrl+C stops everything.",
  ].join("\n");
}
