/** The endpoints that Adobe has. */
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

/** Endpoints that Adobe does not have: to look inside, and to cause faults. */
export const sandboxEndpoints = [
  "GET /_sandbox/requests",
  "GET /_sandbox/users",
  "GET /_sandbox/groups",
  "GET /_sandbox/faults",
  "POST /_sandbox/faults",
  "POST /_sandbox/records",
  "GET /records/{source}/{id}",
  "POST /_sandbox/reset",
];
