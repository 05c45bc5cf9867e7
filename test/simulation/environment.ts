import { settings } from "../../infra/settings.ts";
import {
  deadLetterQueueName,
  deliveryQueueName,
  mappingIds,
  queueName,
  queueUrl,
  secretId,
  webhookSecretId,
} from "./aws.ts";
import { ledgerTable, roomTable } from "./ledger-table.ts";

export const lane = "default";
export const sourcesPath = "/umapi-workers/UmapiWorkers/webhooks/";

/** What the functions of a lane with this budget are started with. */
export function environment(
  { requests, seconds }: { readonly requests: number; readonly seconds: number },
  allowsAccountDeletion: () => boolean,
  removalLimit: () => string,
): Record<string, string> {
  return {
    QUEUE_URL: queueUrl(queueName),
    DEAD_LETTER_QUEUE_URL: queueUrl(deadLetterQueueName),
    TABLE_NAME: ledgerTable.TableName,
    ROOM_TABLE_NAME: roomTable.TableName,
    LANE: lane,
    SECRET_ID: secretId,
    AUTH: "oauth",
    UMAPI_URL: "http://adobe.test/v2/usermanagement",
    IMS_URL: "http://adobe.test",
    ACTION_BUDGET: `${requests}/${seconds}`,
    REQUEST_TIMEOUT_SECONDS: String(settings.requestTimeoutSeconds),
    TOKEN_TIMEOUT_SECONDS: String(settings.tokenTimeoutSeconds),
    get ALLOW_ACCOUNT_DELETION() {
      return String(allowsAccountDeletion());
    },
    get REMOVAL_LIMIT() {
      return removalLimit();
    },
    LEAVERS_FIRST: "true",
    DELIVERY_QUEUE_URL: queueUrl(deliveryQueueName),
    SOURCES_PATH: sourcesPath,
    WEBHOOK_SECRET_ID: webhookSecretId,
    RECORDS_URL: "http://adobe.test",
    EVENT_SOURCE_MAPPING_IDS: Object.values(mappingIds).join(","),
  };
}
