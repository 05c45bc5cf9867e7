import type { Stack } from "./stack.ts";

/** What the host runs, or needs to run it. */
const run = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::ApiMapping",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::DomainName",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::DynamoDB::Table",
  "AWS::Events::Rule",
  "AWS::Lambda::Alias",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Version",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
  "AWS::SSM::Parameter",
  "AWS::Scheduler::Schedule",
  "AWS::Scheduler::ScheduleGroup",
  "AWS::SecretsManager::Secret",
]);
/** Rights, keys, logs and alarms make no difference to what functions do on one machine. */
const makesNoDifference = /^AWS::(IAM|KMS|Logs|CloudWatch|CDK|CertificateManager|Route53)::/;

/** One sentence with everything in the template that is of a kind that is not run here; none if there is nothing. */
export function notRun({ template: { resources } }: Stack): string[] {
  const others = resources.filter(({ type }) => !run.has(type) && !makesNoDifference.test(type));
  if (others.length === 0) return [];
  const names = others.map(({ logicalId, path, type }) => `${path ?? logicalId} (${type})`);
  return [`Not run here: ${names.join(", ")}. Functions that ask for one find nobody.`];
}
