import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends these lines as they are, with no header of its own, and reads until the server ends the connection. */
export async function sendRaw(port: number, lines: readonly string[], body = ""): Promise<RawAnswer> {
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  const [statusLine = "", ...headers] = head.split("\r\n");
  return {
    status: Number(statusLine.split(" ")[1]),
    headers: new Map(headers.map((line) => [line.replace(/:.*/, "").toLowerCase(), line.replace(/^[^:]*:\s*/, "")])),
    body: rest.join("\r\n\r\n"),
  };
}
