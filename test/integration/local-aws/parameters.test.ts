import { expect, onTestFinished, test } from "vitest";
import { startLocalAws } from "../../../infra/local/aws/server.ts";

async function parameters(values: Record<string, string>) {
  const aws = await startLocalAws({ port: 0 });
  onTestFinished(() => aws.close());
  for (const [name, value] of Object.entries(values)) aws.parameters.put(name, value);
  return async (action: string, input: object): Promise<unknown> => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AmazonSSM.${action}` };
    return await (await fetch(aws.endpoint, { method: "POST", headers, body: JSON.stringify(input) })).json();
  };
}

test("SSM parameters are read one by one, by name and by path", async () => {
  const ask = await parameters({ "/app/Url": "u", "/app/emea/Url": "v", plain: "w" });
  expect(await ask("GetParameter", { Name: "/app/Url" })).toEqual({
    Parameter: {
      Name: "/app/Url",
      Type: "String",
      Value: "u",
      Version: 1,
      DataType: "text",
      ARN: "arn:aws:ssm:us-east-1:000000000000:parameter/app/Url",
    },
  });
  expect(await ask("GetParameters", { Names: ["plain", "absent"] })).toMatchObject({
    Parameters: [{ Value: "w", ARN: "arn:aws:ssm:us-east-1:000000000000:parameter/plain" }],
    InvalidParameters: ["absent"],
  });
  expect(await ask("GetParametersByPath", { Path: "/app" })).toMatchObject({ Parameters: [{ Value: "u" }] });
  expect(await ask("GetParametersByPath", { Path: "/app/", Recursive: true })).toMatchObject({
    Parameters: [{ Value: "u" }, { Value: "v" }],
  });
});

test.each([
  ["GetParameter", { Name: "absent" }, "ParameterNotFound"],
  ["GetParameter", {}, "ValidationException"],
  ["PutParameter", { Name: "x", Value: "y" }, "UnknownOperationException"],
])("%s with %o is refused as %s", async (action, input, type) => {
  expect(await (await parameters({}))(action, input)).toMatchObject({ __type: type });
});
