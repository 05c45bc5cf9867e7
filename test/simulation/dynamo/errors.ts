import { ServiceError } from "../../../infra/local/aws/service-error.ts";

/** An error that DynamoDB's own model names. */
export function dynamoError(shape: string, message: string, status = 400): ServiceError {
  return new ServiceError({ type: `com.amazonaws.dynamodb.v20120810#${shape}`, code: shape, message, status });
}

export function validationException(message: string): ServiceError {
  const code = "ValidationException";
  return new ServiceError({ type: `com.amazon.coral.validate#${code}`, code, message });
}

export const invalidParameter = (reason: string) =>
  validationException(`One or more parameter values were invalid: ${reason}`);

export const conditionalCheckFailed = () =>
  dynamoError("ConditionalCheckFailedException", "The conditional request failed");

export const resourceNotFound = (table?: string) => {
  const which = table === undefined ? "" : `: Table: ${table} not found`;
  return dynamoError("ResourceNotFoundException", `Requested resource not found${which}`);
};

export const resourceInUse = (table: string) => dynamoError("ResourceInUseException", `Table already exists: ${table}`);

export const throughputExceeded = () =>
  dynamoError(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded.",
  );

export function unknownOperation(action: string, known: readonly string[]): ServiceError {
  const code = "UnknownOperationException";
  const message = `The simulated DynamoDB has no action ${action}; it has ${known.join(", ")}.`;
  return new ServiceError({ type: `com.amazon.coral.service#${code}`, code, message });
}
