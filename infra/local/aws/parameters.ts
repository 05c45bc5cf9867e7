import * as z from "zod/mini";
import { parseInput } from "./parse-input.ts";
import { answering, type Service } from "./service.ts";
import { ServiceError } from "./service-error.ts";

/** SSM's Parameter Store in this process, to read from: its parameters are those of the stack. */
export interface Parameters extends Service {
  put(name: string, value: string): void;
}

export interface ParametersOptions {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

const one = z.object({ Name: z.string() });
const several = z.object({ Names: z.array(z.string()) });
const below = z.object({ Path: z.string(), Recursive: z._default(z.boolean(), false) });

/** A model of SSM's Parameter Store: plain parameters of one version, all on one page. */
export function createParameters({ region, accountId }: ParametersOptions): Parameters {
  const values = new Map<string, string>();
  const viewOf = (name: string, value: string) => ({
    Name: name,
    Type: "String",
    Value: value,
    Version: 1,
    DataType: "text",
    ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`,
  });
  const views = (isWanted: (name: string) => boolean) =>
    [...values].filter(([name]) => isWanted(name)).map(([name, value]) => viewOf(name, value));

  const actions: Readonly<Record<string, (input: unknown) => unknown>> = {
    GetParameter(input) {
      const { Name } = read(one, input);
      const [Parameter] = views((name) => name === Name);
      if (Parameter === undefined) throw failure("ParameterNotFound", `There is no parameter ${Name} in the stack.`);
      return { Parameter };
    },
    GetParameters(input) {
      const { Names } = read(several, input);
      return {
        Parameters: views((name) => Names.includes(name)),
        InvalidParameters: Names.filter((name) => !values.has(name)),
      };
    },
    GetParametersByPath(input) {
      const { Path, Recursive } = read(below, input);
      const folder = Path.endsWith("/") ? Path : `${Path}/`;
      const isBelow = (name: string) => Recursive || !name.slice(folder.length).includes("/");
      return { Parameters: views((name) => name.startsWith(folder) && isBelow(name)) };
    },
  };

  return {
    target: "AmazonSSM",
    contentType: "application/x-amz-json-1.1",
    handle: (name, input) =>
      answering(() => {
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (action !== undefined) return action(input);
        const has = Object.keys(actions).join(", ");
        throw failure("UnknownOperationException", `The local SSM has no action ${name}; it has ${has}.`);
      }),
    put: (name, value) => values.set(name, value),
  };
}

function read<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.ok) return parsed.value;
  throw failure("ValidationException", `${parsed.member} is ${parsed.problem}: ${parsed.detail}`);
}

const failure = (type: string, message: string) => new ServiceError({ type, code: type, message });
