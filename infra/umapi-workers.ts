import { RemovalPolicy, Stage, Validations } from "aws-cdk-lib";
import type { IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { parseBudget } from "../shared/pacing/budget.ts";
import { AdobeCredentials } from "./adobe-credentials.ts";
import { Alarms } from "./alarms.ts";
import { bundledWorkerCode, type WorkerCode } from "./bundle/worker-code.ts";
import { DeliveryChecks } from "./delivery-checks.ts";
import { Dispatcher } from "./dispatcher.ts";
import { HttpApi } from "./http-api.ts";
import { LedgerTable } from "./ledger-table.ts";
import { OperationReader } from "./operation-reader.ts";
import { Operator } from "./operator.ts";
import { Releaser } from "./releaser.ts";
import { Rescuer } from "./rescuer.ts";
import { Retrier } from "./retrier.ts";
import { RoomTable } from "./room-table.ts";
import { settings } from "./settings.ts";
import { Submitter } from "./submitter.ts";
import { Sweeper } from "./sweeper.ts";
import { WayOut } from "./way-out.ts";
import { WorkQueue } from "./work-queue.ts";

export interface UmapiWorkersProps {
  /**
   * Whether callers may hand in `removeFromOrg {deleteAccount: true}`, which destroys the account's assets for good.
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
   * @default - whoever IAM allows `execute-api:Invoke`; requests are signed (SigV4)
   */
  readonly authorizer?: IHttpRouteAuthorizer;
  /**
   * Told when an alarm goes off, and when it is over.
   *
   * @default - the alarms are there and tell nobody
   */
  readonly alarmTopic?: ITopic;
  /**
   * Whether AWS X-Ray traces the functions.
   *
   * @default - not traced
   */
  readonly tracing?: boolean;
  /**
   * URL of the proxy through which the functions reach Adobe and AWS. It stands in the template and in the functions'
   * configuration as it is: do not put a password into it.
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
   * Path of a file with certificates in PEM that the functions trust besides, such as your network's root.
   *
   * @default - those that Node.js knows are trusted
   */
  readonly extraCaCerts?: string;
  /**
   * What happens to queues, tables and secret when the stack goes.
   *
   * @default - they stay, with every operation in them, and the tables cannot be deleted by hand
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Where the functions' code comes from.
   *
   * @default - bundled from `functions/`
   */
  readonly workerCode?: WorkerCode;
}

/**
 * Everything that brings Adobe accounts in line: the HTTP API, the queues, the functions, the ledger, the waiting room, the
 * secret, the alarms. Use it in a stack of your own, or deploy `UmapiWorkersStack`. It checks the finished template of the whole app for faults
 * that lose or stall messages (`delivery-rules.ts`).
 *
 * @throws if `actionBudget`, `lane`, `httpsProxy` or the file of `extraCaCerts` is malformed, or if it is in no app
 */
export class UmapiWorkers extends Construct {
  readonly workQueue: WorkQueue;
  readonly ledger: LedgerTable;
  readonly room: RoomTable;
  readonly credentials: AdobeCredentials;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: UmapiWorkersProps = {}) {
    super(scope, id);
    const {
      allowAccountDeletion = false,
      actionBudget = settings.actionBudget,
      lane = "default",
      auth = "oauth",
      tracing = false,
      removalPolicy = RemovalPolicy.RETAIN,
      workerCode = bundledWorkerCode,
    } = props;
    checkActionBudget(actionBudget);
    checkLane(lane);

    this.workQueue = new WorkQueue(this, "WorkQueue", { removalPolicy });
    this.ledger = new LedgerTable(this, "Ledger", { removalPolicy });
    this.room = new RoomTable(this, "Room", { removalPolicy });
    this.credentials = new AdobeCredentials(this, "Credentials", { removalPolicy });

    const shared = { workQueue: this.workQueue, ledger: this.ledger, room: this.room, lane, workerCode, tracing };
    const submitter = new Submitter(this, "Submit", { ...shared, allowAccountDeletion });
    const reader = new OperationReader(this, "Operations", { ...shared, actionBudget });
    const operator = new Operator(this, "Operate", { ...shared, actionBudget });
    const retrier = new Retrier(this, "Retry", shared);
    const { credentials } = this;
    const dispatcher = new Dispatcher(this, "Dispatch", { ...shared, credentials, auth, actionBudget });
    const releaser = new Releaser(this, "Release", { ...shared, dispatcher });
    const rescuer = new Rescuer(this, "Rescue", shared);
    const sweeper = new Sweeper(this, "Sweep", shared);

    this.api = new HttpApi(this, "HttpApi", {
      submit: submitter.worker.function,
      operations: reader.worker.function,
      retry: retrier.worker.function,
      operate: operator.worker.function,
      authorizer: props.authorizer,
    });
    new WayOut(this, "WayOut", {
      functions: [submitter, reader, operator, retrier, dispatcher, releaser, rescuer, sweeper].map(
        ({ worker }) => worker.function,
      ),
      httpsProxy: props.httpsProxy,
      noProxy: props.noProxy,
      extraCaCerts: props.extraCaCerts,
    });
    new Alarms(this, "Alarms", {
      workQueue: this.workQueue,
      dispatch: dispatcher.worker,
      release: releaser.worker,
      rescue: rescuer.worker,
      sweep: sweeper.worker,
      topic: props.alarmTopic,
    });
    attachDeliveryChecks(this);
  }
}

const checkedStages = new WeakSet<Stage>();

function attachDeliveryChecks(construct: Construct): void {
  const stage = Stage.of(construct);
  if (!stage) throw new Error("UmapiWorkers is in no App: create its stack in one, so that its template is checked.");
  if (checkedStages.has(stage)) return;
  checkedStages.add(stage);
  Validations.of(stage).addPlugins(new DeliveryChecks());
}

function checkActionBudget(actionBudget: string): void {
  if (parseBudget(actionBudget) === undefined) {
    throw new Error(
      `actionBudget is "${actionBudget}"; expected requests/seconds, both whole numbers from 1 to 999999 without leading zeros, for example "10/60". Adobe allows one client 10 action requests a minute.`,
    );
  }
}

function checkLane(lane: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(lane)) {
    throw new Error(
      `lane is "${lane}"; expected 1 to 64 letters, digits, "-" or "_", because it is part of an SQS message group id.`,
    );
  }
}
