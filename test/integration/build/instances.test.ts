import { App, NestedStack, Stack, Stage } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { instanceName } from "../../../infra/instance-name.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { instance, templateWith } from "./template-of.ts";

describe("two organisations in one stack", () => {
  const template = templateWith((stack) => {
    instance(stack, "Emea", { actionBudget: "5/60" });
    instance(stack, "Apac");
  });
  const propertiesOf = (type: string, which: string) =>
    Object.entries(template.findResources(type))
      .filter(([id]) => id.startsWith(which))
      .map(([, { Properties }]) => Properties);
  const environments = (which: string) =>
    propertiesOf("AWS::Lambda::Function", which).map(({ Environment }) => Environment.Variables);

  it("have their own of everything, although their lanes have one name", () => {
    const ids = Object.keys(template.toJSON()["Resources"]);
    const idsOf = (which: string) =>
      ids.filter((id) => id.startsWith(which)).map((id) => id.replaceAll(which, "").replaceAll(/[0-9A-F]{8}/g, ""));
    expect(idsOf("Emea").toSorted()).toEqual(idsOf("Apac").toSorted());
    expect(ids).toHaveLength(2 * idsOf("Emea").length);
    expect(JSON.stringify(environments("Emea"))).not.toContain('"Apac');
    expect(JSON.stringify(environments("Apac"))).not.toContain('"Emea');
  });

  it("have their own budgets", () => {
    const budgets = (which: string) =>
      new Set(environments(which).flatMap(({ ACTION_BUDGET }) => (ACTION_BUDGET ? [ACTION_BUDGET] : [])));
    expect([...budgets("Emea")]).toEqual(["5/60"]);
    expect([...budgets("Apac")]).toEqual(["10/60"]);
  });

  it("share no metric, so that neither sets off the other's alarms", () => {
    const watched = (which: string) =>
      propertiesOf("AWS::CloudWatch::Alarm", which).map(({ Namespace, MetricName, Dimensions }) =>
        JSON.stringify([Namespace, MetricName, Dimensions]),
      );
    expect(watched("Emea").length).toBeGreaterThan(10);
    expect(watched("Emea").filter((metric) => watched("Apac").includes(metric))).toEqual([]);
  });

  it("share no parameter's name", () => {
    const names = ["Emea", "Apac"].flatMap((which) =>
      propertiesOf("AWS::SSM::Parameter", which).map(({ Name }) => Name),
    );
    expect(names).toContain("/umapi-workers/Accounts/Emea/ApiUrl");
    expect(new Set(names).size).toBe(names.length);
  });

  it("fix no name that an account and region has once", () => {
    const named = Object.values<{ Type: string; Properties?: object }>(template.toJSON()["Resources"])
      .filter(({ Type }) => Type !== "AWS::SSM::Parameter")
      .flatMap(({ Type, Properties = {} }) => {
        const name = `${Type.split("::")[2]}Name`;
        return [name, "Name"].filter((key) => key in Properties).map((key) => `${Type}.${key}`);
      });
    // AWS: the names of HTTP APIs need not differ, a stage's belongs to its API, an inline policy's to its role.
    expect(new Set(named)).toEqual(
      new Set(["AWS::IAM::Policy.PolicyName", "AWS::ApiGatewayV2::Api.Name", "AWS::ApiGatewayV2::Stage.StageName"]),
    );
  });
});

describe("an instance's metrics and parameters are called after", () => {
  const app = () => new App({ outdir: temporaryFolder() });
  const nameIn = (stack: Stack, id: string) => instanceName(instance(stack, id));

  it("the stack and its id", () => {
    expect(nameIn(new Stack(app(), "One"), "Emea")).toBe("One/Emea");
    expect(nameIn(new Stack(app(), "One", { stackName: "one-b" }), "Emea")).toBe("one-b/Emea");
    expect(nameIn(new Stack(new Stage(app(), "Test"), "One"), "Emea")).toBe("Test-One/Emea");
  });

  it("the stack alone where the id is the ready stack's", () => {
    expect(nameIn(new Stack(app(), "One"), "Workers")).toBe("One");
  });

  it("something that differs where ids read the same", () => {
    const stack = new Stack(app(), "One");
    const names = ["a b", "a-b", "a:b"].map((id) => nameIn(stack, id));
    for (const name of names) expect(name).toMatch(/^One\/a-b(\/[0-9a-f]{8})?$/);
    expect(new Set(names).size).toBe(3);
  });

  it("the name that AWS gives to a nested stack", () => {
    const stack = new Stack(app(), "One");
    const nested = new NestedStack(stack, "Nested");
    expect(JSON.stringify(stack.resolve(nameIn(nested, "Emea")))).toContain("/Emea");
  });
});
