import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import type { Metric, MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { WorkerCode, WorkerName } from "./bundle/worker-code.ts";
import { keyPermission } from "./encryption.ts";
import { countLines, emittedMetric } from "./metrics.ts";
import { settings } from "./settings.ts";

/** The settings that all functions of one instance share. */
export interface WorkerDefaults {
  readonly workerCode: WorkerCode;
  /** Whether AWS X-Ray traces invocations. */
  readonly tracing: boolean;
  /** The CloudWatch namespace of the metrics that they emit. */
  readonly metricsNamespace: string;
  /** What happens to their logs when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts their logs and the data that they read and write; undefined for AWS's own keys. */
  readonly encryptionKey: IKey | undefined;
}

export interface WorkerFunctionProps {
  /** Its name in logs and metrics, which also identifies its code. */
  readonly serviceName: WorkerName;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly defaults: WorkerDefaults;
}

/**
 * One Lambda function with a role and a log group of its own. It may write its log; every other permission is granted
 * by name.
 */
export class WorkerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly #serviceName: string;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { defaults, ...props }: WorkerFunctionProps) {
    super(scope, id);
    const { tracing, encryptionKey } = defaults;
    this.#serviceName = props.serviceName;
    this.#namespace = defaults.metricsNamespace;
    const logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: defaults.removalPolicy,
      ...(encryptionKey && { encryptionKey }),
    });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);
    if (encryptionKey) this.role.addToPrincipalPolicy(keyPermission(this, encryptionKey));
    countLines(logGroup, this.#namespace);

    this.function = new LambdaFunction(this, "Function", {
      description: props.description,
      code: defaults.workerCode(props.serviceName),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: settings.memorySizeMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      role: this.role,
      logGroup,
      environment: {
        ...props.environment,
        NODE_OPTIONS: "--enable-source-maps",
        POWERTOOLS_SERVICE_NAME: props.serviceName,
        POWERTOOLS_METRICS_NAMESPACE: this.#namespace,
        POWERTOOLS_LOG_LEVEL: settings.logLevel,
      },
    });
    if (tracing) {
      Validations.of(this.role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "AWS: xray:PutTraceSegments and xray:PutTelemetryRecords know no resources to name.",
      });
    }
  }

  /** A metric that the function itself emits. */
  metric(metricName: string, options: MetricOptions): Metric {
    return emittedMetric(this.#namespace, this.#serviceName, metricName, options);
  }

  /** Allows exactly these actions on these resources (ARNs), and nothing more, unlike a convenience grant. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** As `allow`, for the items of a table that have these partition keys; `*` stands for any text. */
  allowItems(actions: readonly string[], tableArn: string, keys: readonly string[]): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [tableArn],
        conditions: {
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...keys] },
          // AWS: a condition for all values also holds where there is none.
          Null: { "dynamodb:LeadingKeys": "false" },
        },
      }),
    );
  }
}
