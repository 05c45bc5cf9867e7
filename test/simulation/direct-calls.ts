import * as z from "zod/mini";
import type { Service } from "../../infra/local/aws/service.ts";

/** Commands of the document client whose names differ from DynamoDB's actions. */
const itemCommands = /^(?:Get|Put|Update|Delete|BatchGet|BatchWrite)$/;

const refusalSchema = z.object({ __type: z.string(), message: z.string() });

interface Command {
  readonly input: object;
}

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/**
 * Lets an AWS SDK client hand its inputs to a service in this process as they are, because making requests of them and
 * reading the responses is more than half of what a simulation costs.
 *
 * @param sdk the client's package, which has the exceptions that the client throws
 * @param toWire makes the input what a request would hold
 * @param fromWire makes the answer what the client returns
 */
export function directly<Client extends object>(
  client: Client,
  service: Service,
  sdk: object,
  toWire: (input: unknown) => unknown = structuredClone,
  fromWire: (output: unknown) => unknown = structuredClone,
) {
  const [, general] = Object.entries(sdk).find(([name]) => name.endsWith("ServiceException")) ?? [];
  const send = async (command: Command, { abortSignal }: SendOptions = {}) => {
    abortSignal?.throwIfAborted();
    const { status, body } = await service.handle(actionOf(command), toWire(command.input), abortSignal);
    if (status < 400) return fromWire(body);
    const refusal = refusalOf(status, body);
    // An exception of the error's own class if the package has one, or else of the class of all its exceptions.
    throw Reflect.construct(Reflect.get(sdk, refusal.name) ?? general, [refusal]);
  };
  return Object.assign(client, { send });
}

function actionOf(command: Command): string {
  const name = command.constructor.name.replace(/Command$/, "");
  return itemCommands.test(name) ? `${name}Item` : name;
}

function refusalOf(status: number, body: unknown) {
  const { __type, message } = refusalSchema.parse(body);
  const $fault = status < 500 ? "client" : "server";
  return { name: __type.replace(/^.*#/, ""), message, $fault, $metadata: { httpStatusCode: status } };
}
