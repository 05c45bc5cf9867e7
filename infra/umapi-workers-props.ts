import type { RemovalPolicy } from "aws-cdk-lib";
import type { IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { WorkerCode } from "./bundle/worker-code.ts";

export interface UmapiWorkersProps {
  /**
   * Whether callers may submit `removeFromOrg {deleteAccount: true}`, which destroys the account's assets for good.
   *
   * @default - refused with an error that says so
   */
  readonly allowAccountDeletion?: boolean;
  /**
   * The most action requests that are sent, as `requests/seconds`. Adobe allows one client 10 a minute.
   *
   * @default - `10/60`, all that Adobe allows
   */
  readonly actionBudget?: string;
  /**
   * How many removals of people go in any window, as `removals/seconds`: `removeFromOrg`, `remove: "all"` and
   * `deleteUserGroup`. Those above it are held until somebody releases or cancels them. `off` for no limit.
   *
   * @default - `100/3600`
   */
  readonly removalLimit?: string;
  /**
   * Whether an operation whose only step is `removeFromOrg` is sent before other work that waits. If not, all work is sent in
   * the order accepted.
   *
   * @default - it is
   */
  readonly leaversFirst?: boolean;
  /**
   * The name of the Adobe credential's lane: the message group that keeps its operations in order.
   *
   * @default - `default`
   */
  readonly lane?: string;
  /**
   * How tokens are obtained: OAuth Server-to-Server, or the service account JWT that Adobe no longer issues.
   *
   * @default - `oauth`
   */
  readonly auth?: "oauth" | "jwt";
  /**
   * Who may call the HTTP API.
   *
   * @default - callers whom IAM allows `execute-api:Invoke`; requests are signed (SigV4)
   */
  readonly authorizer?: IHttpRouteAuthorizer;
  /**
   * Who issues the tokens (JWT) with which the HTTP API is called, as an `https` URL. Needs `jwtAudience` too.
   *
   * @default - `authorizer`
   */
  readonly jwtIssuer?: string;
  /**
   * The audiences of the tokens: one of these must be in each token's `aud` or `client_id`.
   *
   * @default - `authorizer`
   */
  readonly jwtAudience?: readonly string[];
  /**
   * A host name of your own for the HTTP API, such as `umapi.example.com`. Needs `certificate` too, and a DNS record of
   * yours that points to `httpApi.domainName.regionalDomainName`.
   *
   * @default - AWS's name
   */
  readonly domainName?: string;
  /**
   * The certificate of `domainName`, in the stack's region.
   *
   * @default - none, without a `domainName`
   */
  readonly certificate?: ICertificate;
  /**
   * Notified when an alarm goes off, and when it ends, unless the alarm's urgency has a topic of its own.
   *
   * @default - the alarms notify nobody; synthesis warns about it
   */
  readonly alarmTopic?: ITopic;
  /**
   * Notified of alarms that need somebody at once: nothing goes on, or nothing is taken.
   *
   * @default - `alarmTopic`
   */
  readonly pageTopic?: ITopic;
  /**
   * Notified of alarms that can wait until the next working day.
   *
   * @default - `alarmTopic`
   */
  readonly ticketTopic?: ITopic;
  /**
   * Whether AWS X-Ray traces the functions.
   *
   * @default - not traced
   */
  readonly tracing?: boolean;
  /**
   * URL of the proxy through which the functions reach Adobe and AWS. It appears unchanged in the template and in the
   * functions' configuration: do not put a password into it.
   *
   * @default - they are reached directly
   */
  readonly httpsProxy?: string;
  /**
   * Hosts that the functions reach without the proxy, separated by commas; `.example.com` is for all below it.
   *
   * @default - everything goes through the proxy
   */
  readonly noProxy?: string;
  /**
   * Path of a file with additional certificates in PEM that the functions trust, such as your network's root.
   *
   * @default - only the certificates that Node.js knows
   */
  readonly extraCaCerts?: string;
  /**
   * Encrypts the queues, the tables, the secret and the logs. The functions may use it through the services that hold these.
   *
   * @default - AWS's own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * What happens to queues, tables, secret and logs when the stack goes.
   *
   * @default - they stay, with every operation in them, and the tables cannot be deleted by hand
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * ARN of an existing secret to use as it is, such as one that a stack has left behind.
   *
   * @default - a new one, empty
   */
  readonly existingSecretArn?: string;
  /**
   * Name of an existing ledger to use as it is, such as one restored from a backup, with its three indexes. It needs
   * `existingRoomTableName` too.
   *
   * @default - a new table
   */
  readonly existingLedgerTableName?: string;
  /**
   * Name of an existing table of a waiting room to use as it is. It needs `existingLedgerTableName` too.
   *
   * @default - a new table
   */
  readonly existingRoomTableName?: string;
  /**
   * Name of an existing queue to use as it is. It needs `existingReturnedQueueName` too, to which it redrives.
   *
   * @default - a new queue
   */
  readonly existingQueueName?: string;
  /**
   * Name of an existing queue for returned messages to use as it is. It needs `existingQueueName` too.
   *
   * @default - a new queue
   */
  readonly existingReturnedQueueName?: string;
  /**
   * Name of an existing dead-letter queue to use as it is.
   *
   * @default - a new queue
   */
  readonly existingDeadLetterQueueName?: string;
  /**
   * HR systems that post webhooks, by name, as the member `sources` of a configuration file has them.
   *
   * @default - none: there is no route for webhooks
   */
  readonly webhookSources?: Readonly<Record<string, object>>;
  /**
   * Whether the API's URL and the ARNs are also SSM parameters under `/umapi-workers/<stack>/`, for programs in any
   * language.
   *
   * @default - they do
   */
  readonly publishParameters?: boolean;
  /**
   * Where the functions' code comes from.
   *
   * @default - the code that belongs to this version
   */
  readonly workerCode?: WorkerCode;
}
