import { App, Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folders.ts";
import { instance, templateOf } from "./template-of.ts";

const stack = () => new Stack(new App({ outdir: temporaryFolder() }), "Accounts");

describe("tokens", () => {
  it("are asked for on every route, of one issuer and for some audiences", () => {
    const template = templateOf({ jwtIssuer: "https://login.example.com/", jwtAudience: ["hr", "it"] });
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: "https://login.example.com/", Audience: ["hr", "it"] },
    });
    template.allResourcesProperties("AWS::ApiGatewayV2::Route", { AuthorizationType: "JWT" });
  });
});

describe("a host name of the API's own", () => {
  const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/a";
  const template = templateOf({ domainName: "umapi.example.com", certificateArn });

  it("has its certificate, and leads to the stage", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
      DomainName: "umapi.example.com",
      DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: "REGIONAL" }],
    });
    template.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 1);
  });

  it("stands in what callers are told, with where its DNS record is to point", () => {
    template.hasOutput("ApiUrl", { Value: "https://umapi.example.com/" });
    template.hasOutput("ApiDomainTarget", { Value: { "Fn::GetAtt": [Match.anyValue(), "RegionalDomainName"] } });
    template.hasResourceProperties("AWS::SSM::Parameter", {
      Name: "/umapi-workers/UmapiWorkers/ApiUrl",
      Value: "https://umapi.example.com/",
    });
  });
});

describe("programs in whatever language", () => {
  it("find the URL and the ARNs as parameters", () => {
    const names = Object.values(templateOf().findResources("AWS::SSM::Parameter")).map(
      ({ Properties }) => Properties.Name,
    );
    expect(names.toSorted()).toEqual(
      [
        ...["ApiUrl", "CredentialsSecretArn", "DeadLetterQueueArn", "QueueArn"],
        ...["ReturnedQueueArn", "RoomTableArn", "TableArn"],
      ].map((name) => `/umapi-workers/UmapiWorkers/${name}`),
    );
  });

  it("find none where that is switched off", () => {
    templateOf({ publishParameters: false }).resourceCountIs("AWS::SSM::Parameter", 0);
  });
});

describe("synthesis warns of alarms that tell nobody", () => {
  it.each([
    ["of all", [], ["The alarms tell nobody: alarmTopic is not set"]],
    ["of pages", ["ticketTopic"], ["The pages tell nobody: pageTopic is not set"]],
    ["of tickets", ["pageTopic"], ["The tickets tell nobody: ticketTopic is not set"]],
    ["of none where one topic is for all", ["alarmTopic"], []],
    ["of none where each has its own", ["pageTopic", "ticketTopic"], []],
  ])("%s", (_, props, expected) => {
    const scope = stack();
    instance(scope, "Adobe", Object.fromEntries(props.map((prop) => [prop, new Topic(scope, prop)])));
    const warnings = Annotations.fromStack(scope).findWarning("*", Match.stringLikeRegexp("tell nobody"));
    expect(warnings.map(({ entry }) => String(entry.data).split(". ")[0])).toEqual(expected);
  });
});
