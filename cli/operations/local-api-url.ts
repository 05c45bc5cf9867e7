import { ports } from "../../shared/api/local-ports.ts";

/** Where `npm start` listens. */
export const localApiUrl = `http://127.0.0.1:${ports.api}`;
