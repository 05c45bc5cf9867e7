/** What the description says of the API as a whole. */

export const info = {
  title: "umapi-workers",
  summary: "Submits user operations to Adobe's User Management API, and shows what becomes of them.",
  description: [
    "An operation is a command of Adobe's User Management API: one user or user group, and steps. It is queued, sent within Adobe's limits, and ends with a status of its own.",
    "Unknown keys and unknown query parameters are refused. A body with a key twice in one object, or that is not UTF-8, is refused. JSON Schema counts characters as code points; this API counts UTF-16 code units.",
    "Refused requests are answered with problem details (RFC 9457), which repeat nothing of the request. Nothing of a refused request is queued.",
    "The rules between the parts of an operation stand in the descriptions of its fields.",
  ].join("\n\n"),
  license: { name: "MIT", identifier: "MIT" },
};

export const tags = [
  { name: "Operations", description: "Submit, show, list, retry and cancel operations." },
  { name: "Calls", description: "The operations that came in one request." },
  { name: "People", description: "What is kept about a person." },
  { name: "Lane", description: "The queue of one Adobe credential." },
  { name: "Removals", description: "Removals of people above the limit, held until somebody decides about them." },
  { name: "Webhooks", description: "What HR systems have posted." },
  { name: "Description", description: "What this API takes and answers." },
];

export const headers = {
  RequestId: { description: "API Gateway's id of the request.", schema: { type: "string" } },
  IdempotencyReplayed: {
    description: "Present if the call was queued before: this time nothing was.",
    schema: { const: "true" },
  },
  RetryAfter: {
    description: "In how many seconds to ask again. Only where that helps.",
    schema: { type: "integer", minimum: 1 },
  },
};

export const securitySchemes = {
  sigv4: {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    description:
      "Signature Version 4 for the service `execute-api`, by an identity that IAM allows `execute-api:Invoke`. The default. The local stack asks for nothing.",
    "x-amazon-apigateway-authtype": "awsSigv4",
  },
  jwt: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "In place of a signature, where the stack has a `jwtIssuer`.",
  },
};
