import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi as ApiGateway,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { settings } from "./settings.ts";

/** Neither paths nor callers: an access log needs no personal data to show load, errors and latency. */
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
  readonly submit: IFunction;
  readonly operations: IFunction;
  readonly retry: IFunction;
  readonly operate: IFunction;
  /**
   * Who may call.
   *
   * @default - whoever IAM allows `execute-api:Invoke`; requests are signed (SigV4)
   */
  readonly authorizer?: IHttpRouteAuthorizer | undefined;
}

/** The way in and the way to ask: the service's routes on an API Gateway HTTP API. */
export class HttpApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const api = new ApiGateway(this, "Api", {
      description: "Hands user operations in to the Adobe workers and tells what became of them",
      createDefaultStage: false,
      defaultAuthorizer: props.authorizer ?? new HttpIamAuthorizer(),
    });
    const submit = new HttpLambdaIntegration("Submit", props.submit);
    const retry = new HttpLambdaIntegration("Retry", props.retry);
    const operate = new HttpLambdaIntegration("Operate", props.operate);
    const operations = new HttpLambdaIntegration("Operations", props.operations);
    api.addRoutes({ path: "/v1/operations", methods: [HttpMethod.POST], integration: submit });
    api.addRoutes({ path: "/v1/operations", methods: [HttpMethod.GET], integration: operations });
    api.addRoutes({ path: "/v1/operations/{id}", methods: [HttpMethod.GET], integration: operations });
    api.addRoutes({ path: "/v1/operations/{id}/retry", methods: [HttpMethod.POST], integration: retry });
    for (const path of ["/v1/operations/{id}/cancel", "/v1/calls/{call}/cancel", "/v1/lane/pause", "/v1/lane/resume"])
      api.addRoutes({ path, methods: [HttpMethod.POST], integration: operate });
    api.addRoutes({ path: "/v1/lane", methods: [HttpMethod.GET], integration: operate });

    const accessLog = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: settings.apiRateLimitPerSecond, burstLimit: settings.apiBurstLimit },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = stage.url;
  }
}
