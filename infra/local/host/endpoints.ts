import { region } from "./stack.ts";

/** The URLs of the AWS services that the functions use. */
export interface Endpoints {
  readonly sqs: string;
  readonly dynamodb: string;
  readonly secretsManager: string;
  /** Always the embedded one, because it tells of the mappings of this machine. */
  readonly lambda: string;
  /** Of every other service: the embedded ones, which say what there is. */
  readonly others: string;
}

/** AWS: the variables that give SDKs and tools another URL for each service. */
const variables = {
  sqs: "AWS_ENDPOINT_URL_SQS",
  dynamodb: "AWS_ENDPOINT_URL_DYNAMODB",
  secretsManager: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
} as const;

/** Emulators need credentials and accept any. */
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The embedded services, unless the environment names others. */
export function chooseEndpoints(embeddedUrl: string, environment: NodeJS.ProcessEnv): Endpoints {
  return {
    sqs: environment[variables.sqs] || embeddedUrl,
    dynamodb: environment[variables.dynamodb] || embeddedUrl,
    secretsManager: environment[variables.secretsManager] || embeddedUrl,
    lambda: embeddedUrl,
    others: embeddedUrl,
  };
}

/** Options for an SDK client of the service at `endpoint`. */
export function clientOptions(endpoint: string) {
  return { endpoint, region, credentials };
}

/** The variables that Lambda would set for the SDKs inside a function, with the URLs of this machine. */
export function sdkVariables(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL: endpoints.others,
    [variables.sqs]: endpoints.sqs,
    [variables.dynamodb]: endpoints.dynamodb,
    [variables.secretsManager]: endpoints.secretsManager,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  };
}
