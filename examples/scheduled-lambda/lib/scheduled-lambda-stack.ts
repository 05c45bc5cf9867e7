import { join } from "node:path";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { Topic } from "aws-cdk-lib/aws-sns";
import * as cdk from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import { UmapiWorkers } from "umapi-workers";

export class ScheduledLambdaStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const alarmTopic = new Topic(this, "Alarms");
    const workers = new UmapiWorkers(this, "Workers", { alarmTopic });

    const nightly = new NodejsFunction(this, "Nightly", {
      entry: join(__dirname, "nightly.ts"),
      runtime: Runtime.NODEJS_24_X,
      timeout: cdk.Duration.minutes(15),
      bundling: { loader: { ".csv": "text" } },
    });
    workers.connect(nightly);

    new Rule(this, "EveryNight", {
      schedule: Schedule.cron({ hour: "2", minute: "0" }),
      targets: [new LambdaFunction(nightly)],
    });
  }
}
