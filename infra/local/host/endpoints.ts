import { region } from "./stack.ts";

/** Where the AWS services are that the functions use. */
export interface Endpoints {
  readonly sqs: string;
  readonly dynamodb: string;
  readonly secretsManager: string;
}

/** AWS: the variables by which SDKs and tools are pointed elsewhere, service by service. */
const variables = {
  sqs: "AWS_ENDPOINT_URL_SQS",
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  secretsManager: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
} as const;

/** Emulators want credentials and believe any. */
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The embedded services, except where the environment names others. */
export function chooseEndpoints(embeddedUrl: string, environment: NodeJS.ProcessEnv): Endpoints {
  return {
    sqs: environment[variables.sqs] || embeddedUrl,
    dynamodb: environment[variables.dynamodb] || embeddedUrl,
    secretsManager: environment[variables.secretsManager] || embeddedUrl,
  };
}

/** Options for an SDK client of the service at `endpoint`. */
export function clientOptions(endpoint: string) {
  return { endpoint, region, credentials };
}

/** What Lambda would set for the SDKs inside a function, pointed at this machine. */
export function sdkVariables(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    [variables.sqs]: endpoints.sqs,
    [variables.dynamodb]: endpoints.dynamodb,
    [variables.secretsManager]: endpoints.secretsManager,
  };
}
