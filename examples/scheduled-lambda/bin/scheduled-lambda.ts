#!/usr/bin/env node
import * as cdk from "aws-cdk-lib/core";
import { ScheduledLambdaStack } from "../lib/scheduled-lambda-stack";

const app = new cdk.App();
new ScheduledLambdaStack(app, "ScheduledLambdaStack");
