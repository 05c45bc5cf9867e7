import { createServer, type RequestListener } from "node:http";
import { refuseForeign } from "../http/refuse-foreign.ts";
import { asksForIndex, sendIndex } from "../http/server-index.ts";
import { apiIndex } from "./http-api/api-index.ts";
import { listen } from "./listen.ts";

/** A server that listens before it is known what it answers, out of reach of web pages. */
export interface Door {
  /** Without a slash at the end. */
  readonly url: string;
  /** Answers from now on, and first what has come until now. */
  open(listener: RequestListener): void;
  /** Cuts every connection. */
  close(): Promise<void>;
}

/**
 * A port is opened first, so that a port in use is known at once, and because functions may need the URL. Early requests
 * wait, except those for the index.
 *
 * @param port 0 for any free port
 * @throws `EADDRINUSE` if the port is taken
 */
export async function newDoor(port: number): Promise<Door> {
  const early: Parameters<RequestListener>[] = [];
  let answer: RequestListener = (request, response) => {
    if (asksForIndex(request.method, request.url)) sendIndex(response, apiIndex({ routes: [], stages: [] }));
    else early.push([request, response]);
  };
  const server = createServer(refuseForeign((request, response) => answer(request, response)));
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    open(listener) {
      answer = listener;
      for (const [request, response] of early.splice(0)) listener(request, response);
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
