import { Match, Template } from "aws-cdk-lib/assertions";
import * as cdk from "aws-cdk-lib/core";
import { ScheduledLambdaStack } from "../lib/scheduled-lambda-stack";

test("the nightly function knows the API and runs each night", () => {
  const template = Template.fromStack(new ScheduledLambdaStack(new cdk.App(), "Test"));
  template.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "cron(0 2 * * ? *)" });
  template.hasResourceProperties("AWS::Lambda::Function", {
    Timeout: 900,
    Environment: { Variables: Match.objectLike({ UMAPI_URL: Match.anyValue() }) },
  });
});
