import { ServiceError } from "../service-error.ts";

function secretsError(type: string, message: string): ServiceError {
  return new ServiceError({ type, code: type, message });
}

export const resourceNotFound = (message: string) => secretsError("ResourceNotFoundException", message);
export const resourceExists = (message: string) => secretsError("ResourceExistsException", message);
export const invalidRequest = (message: string) => secretsError("InvalidRequestException", message);
export const invalidParameter = (message: string) => secretsError("InvalidParameterException", message);
export const validationException = (message: string) => secretsError("ValidationException", message);
export const unknownOperation = (message: string) => secretsError("UnknownOperationException", message);
