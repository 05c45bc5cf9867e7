/** What the sandbox answers as Adobe does. */
export const adobeEndpoints = [
  "POST /ims/token/v2",
  "POST /ims/token/v3",
  "POST /ims/exchange/jwt",
  "POST /v2/usermanagement/action/{orgId}",
  "GET /v2/usermanagement/users/{orgId}/{page}",
  "GET /v2/usermanagement/users/{orgId}/{page}/{groupName}",
  "GET /v2/usermanagement/organizations/{orgId}/users/{userString}",
  "GET /v2/usermanagement/groups/{orgId}/{page}",
  "GET /status",
];

/** What Adobe does not have: the way to look in, and to ask for trouble. */
export const sandboxEndpoints = [
  "GET /_sandbox/requests",
  "GET /_sandbox/users",
  "GET /_sandbox/groups",
  "GET /_sandbox/faults",
  "POST /_sandbox/faults",
  "POST /_sandbox/reset",
];
