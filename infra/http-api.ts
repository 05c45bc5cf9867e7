import { type RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi as ApiGateway,
  CfnStage,
  DomainName,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type ApiRoute, apiRoutes, type Right, webhookRoute } from "./api-routes.ts";
import type { OwnWorkerName, WebhookWorkerName } from "./bundle/worker-code.ts";
import { settings } from "./settings.ts";

/** The log has neither paths nor callers: it needs no personal data to show load, errors and latency. */
const accessLogFields = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  errorMessage: "$context.error.message",
  integrationErrorMessage: "$context.integrationErrorMessage",
};

export interface HttpApiProps {
  /** The functions that answer. */
  readonly workers: Readonly<Record<OwnWorkerName, IFunction> & Partial<Record<WebhookWorkerName, IFunction>>>;
  /** Decides who may call; undefined for callers whom IAM allows `execute-api:Invoke`. */
  readonly authorizer: IHttpRouteAuthorizer | undefined;
  /** A host name besides AWS's; undefined for none. */
  readonly domain: { readonly name: string; readonly certificate: ICertificate } | undefined;
  /** What happens to the access log when the stack goes. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts the access log; undefined for AWS's own key. */
  readonly encryptionKey: IKey | undefined;
}

/** The service's routes on an API Gateway HTTP API. */
export class HttpApi extends Construct {
  /** Ends with a slash. */
  readonly url: string;
  readonly api: ApiGateway;
  readonly stage: HttpStage;
  /** The domain of the API's own name, for its DNS record; undefined if it has none. */
  readonly domainName: DomainName | undefined;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { workers, domain, removalPolicy, encryptionKey } = props;
    this.api = new ApiGateway(this, "Api", {
      description: "Submits user operations to the Adobe workers, and shows their results",
      createDefaultStage: false,
      defaultAuthorizer: props.authorizer ?? new HttpIamAuthorizer(),
    });
    const integrations: Readonly<Record<ApiRoute["worker"], HttpLambdaIntegration | undefined>> = {
      submit: new HttpLambdaIntegration("Submit", workers.submit),
      operations: new HttpLambdaIntegration("Operations", workers.operations),
      retry: new HttpLambdaIntegration("Retry", workers.retry),
      operate: new HttpLambdaIntegration("Operate", workers.operate),
      deliveries: workers.deliveries && new HttpLambdaIntegration("Deliveries", workers.deliveries),
    };
    for (const { method, path, worker } of apiRoutes) {
      const integration = integrations[worker];
      if (integration) this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    }

    if (domain) {
      this.domainName = new DomainName(this, "Domain", { domainName: domain.name, certificate: domain.certificate });
    }
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy,
      ...(encryptionKey && { encryptionKey }),
    });
    this.stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: settings.apiRateLimitPerSecond, burstLimit: settings.apiBurstLimit },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
      ...(this.domainName && { domainMapping: { domainName: this.domainName } }),
    });
    if (workers.webhook) this.#takeWebhooks(workers.webhook);
    this.url = domain ? `https://${domain.name}/` : this.stage.url;
  }

  /** A flood of webhooks is throttled by a limit of its own, so that it does not use up that of the other routes. */
  #takeWebhooks(worker: IFunction): void {
    const { method, path } = webhookRoute;
    const routes = this.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration: new HttpLambdaIntegration("Webhook", worker),
      authorizer: new HttpNoneAuthorizer(),
    });
    const reason =
      "HR systems cannot sign as AWS asks. The function verifies each webhook by the sender's own signature.";
    for (const route of routes) Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason });
    const { defaultChild: stage } = this.stage.node;
    if (!(stage instanceof CfnStage)) throw new Error("The stage of the API is not one of CloudFormation.");
    stage.routeSettings = {
      [`${method} ${path}`]: {
        ThrottlingRateLimit: settings.webhookRateLimitPerSecond,
        ThrottlingBurstLimit: settings.webhookBurstLimit,
      },
    };
    // AWS: a stage cannot have settings of a route that is not there yet.
    this.stage.node.addDependency(...routes);
  }

  /** The ARNs of the routes that need a right, as `execute-api:Invoke` names them. */
  routeArns(right: Right): string[] {
    return apiRoutes
      .filter((route) => route.right === right)
      .map(({ method, path }) =>
        Stack.of(this).formatArn({
          service: "execute-api",
          resource: this.api.apiId,
          // The API has one stage. A part in braces may be anything.
          resourceName: `*/${method}${path.replaceAll(/\{\w+\}/g, "*")}`,
        }),
      );
  }
}
