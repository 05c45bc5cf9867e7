// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of Fn::Sub.
import { describe, expect, test } from "vitest";
import { type References, resolveIntrinsics } from "../../../infra/local/host/intrinsics.ts";
import { SetupError } from "../../../infra/local/host/setup-error.ts";

const references: References = {
  ref: (name) =>
    new Map([
      ["Queue", "http://queue"],
      ["AWS::Region", "us-east-1"],
    ]).get(name),
  attribute: (logicalId, attribute) => new Map([["Queue.Arn", "arn:queue"]]).get(`${logicalId}.${attribute}`),
};
const resolve = (value: unknown) => resolveIntrinsics(value, "Resources.Worker.Properties.X", references);

describe("what a template's intrinsic functions stand for", () => {
  test.each([
    ["a plain value", { a: [1, true, "x", null] }, { a: [1, true, "x", null] }],
    ["Ref", { Ref: "Queue" }, "http://queue"],
    ["Ref of a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
    ["Ref AWS::NoValue drops a property", { a: { Ref: "AWS::NoValue" }, b: 1 }, { b: 1 }],
    ["Ref AWS::NoValue drops an item", [{ Ref: "AWS::NoValue" }, 2], [2]],
    ["Fn::GetAtt as a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:queue"],
    ["Fn::GetAtt as a string", { "Fn::GetAtt": "Queue.Arn" }, "arn:queue"],
    ["Fn::Join", { "Fn::Join": ["/", ["a", { Ref: "AWS::Region" }, 3]] }, "a/us-east-1/3"],
    ["Fn::Sub", { "Fn::Sub": "${Queue} ${Queue.Arn} ${!Literal}" }, "http://queue arn:queue ${Literal}"],
    [
      "Fn::Sub with variables",
      { "Fn::Sub": ["${a}-${Queue}", { a: { Ref: "AWS::Region" } }] },
      "us-east-1-http://queue",
    ],
    ["Fn::Split", { "Fn::Split": [":", { "Fn::GetAtt": ["Queue", "Arn"] }] }, ["arn", "queue"]],
    ["Fn::Select", { "Fn::Select": ["1", { "Fn::Split": [":", "a:b"] }] }, "b"],
    ["an object that only looks like one", { Ref: "Queue", other: 1 }, { Ref: "Queue", other: 1 }],
  ])("%s", (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  test.each([
    [
      "a function that it does not know",
      { "Fn::If": ["c", 1, 2] },
      "Resources.Worker.Properties.X.0: the local host does not know Fn::If",
    ],
    [
      "a resource that is unknown here",
      { Ref: "Topic" },
      "Resources.Worker.Properties.X.0: Ref Topic has no counterpart on this machine",
    ],
    [
      "an attribute that is unknown here",
      { "Fn::GetAtt": ["Queue", "Owner"] },
      "Fn::GetAtt Queue.Owner has no counterpart",
    ],
    ["an unknown name inside Fn::Sub", { "Fn::Sub": "${Nobody}" }, "Fn::Sub ${Nobody} has no counterpart"],
    ["an index outside of Fn::Select's list", { "Fn::Select": [2, ["a"]] }, "Fn::Select 2 has no counterpart"],
    ["a malformed argument", { "Fn::Join": "x" }, 'Resources.Worker.Properties.X.0.Fn::Join: malformed argument "x"'],
    ["a dynamic reference", "{{resolve:ssm:name}}", "resolves no dynamic references"],
  ])("%s is an error that names the place", (_, value, message) => {
    expect(() => resolve([value])).toThrow(SetupError);
    expect(() => resolve([value])).toThrow(message);
  });
});
