import { createCredentials } from "../../infra/local/adobe/credentials.ts";

/** Those of every world: to make a key of RSA for each takes some hundred milliseconds. */
export const credentials = await createCredentials();
