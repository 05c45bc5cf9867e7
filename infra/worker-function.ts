import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import type { Metric, MetricOptions } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { countErrorsLogged, emittedMetric, metricsNamespace } from "./metrics.ts";
import { settings } from "./settings.ts";

export interface WorkerFunctionProps {
  /** Its name in logs and metrics. */
  readonly serviceName: string;
  readonly description: string;
  /** A bundle whose `index` module exports `handler`. */
  readonly code: Code;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether AWS X-Ray traces its invocations. */
  readonly tracing: boolean;
}

/** One Lambda function with a role and a log group of its own. It may write its log; all else is granted by name. */
export class WorkerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly #role: Role;
  readonly #serviceName: string;

  constructor(scope: Construct, id: string, props: WorkerFunctionProps) {
    super(scope, id);
    this.#serviceName = props.serviceName;
    const logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);
    countErrorsLogged(logGroup);

    this.function = new LambdaFunction(this, "Function", {
      description: props.description,
      code: props.code,
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: settings.memorySizeMiB,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      role: this.#role,
      logGroup,
      environment: {
        ...props.environment,
        NODE_OPTIONS: "--enable-source-maps",
        POWERTOOLS_SERVICE_NAME: props.serviceName,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(this),
        POWERTOOLS_LOG_LEVEL: settings.logLevel,
      },
    });
    if (props.tracing) {
      Validations.of(this.#role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "AWS: xray:PutTraceSegments and xray:PutTelemetryRecords know no resources to name.",
      });
    }
  }

  /** A metric that the function itself emits. */
  metric(metricName: string, options: MetricOptions): Metric {
    return emittedMetric(this, this.#serviceName, metricName, options);
  }

  /** Allows these actions on these resources (ARNs), and nothing that a convenience grant would add. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.#role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
