import { describe, expect, test } from "vitest";
import { SimulatedClock } from "../../support/simulated-clock.ts";
import { lambda, type Resources, writeAssembly } from "./support/assembly.ts";
import { runHost } from "./support/run.ts";

const code = "export const handler = async (event) => { console.log(JSON.stringify(event)); }";
const minute = 60_000;

function rule(properties: object): Resources {
  return {
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: { Targets: [{ Id: "Target0", Arn: { "Fn::GetAtt": ["Sweep", "Arn"] } }], ...properties },
    },
  };
}

async function runScheduled(resources: Resources) {
  const clock = new SimulatedClock(Date.UTC(2026, 0, 5, 9));
  const folder = writeAssembly({ Sweep: lambda("code"), ...resources }, { code });
  return { clock, ...(await runHost(folder, { clock })) };
}

describe("a schedule of the template", () => {
  test("runs its function once every interval, first after one", async () => {
    const { clock, recorder } = await runScheduled(rule({ ScheduleExpression: "rate(15 minutes)" }));
    await clock.advance(15 * minute - 1);
    expect(recorder.lines).toEqual([]);
    for (const [runs, time] of [
      [1, "2026-01-05T09:15:00Z"],
      [2, "2026-01-05T09:30:00Z"],
    ] as const) {
      await clock.advance(runs === 1 ? 1 : 15 * minute);
      await expect.poll(() => recorder.lines).toHaveLength(runs);
      expect(JSON.parse(recorder.lines.at(-1)?.replace("stdout: ", "") ?? "")).toMatchObject({
        version: "0",
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: "000000000000",
        time,
        region: "us-east-1",
        resources: ["arn:aws:events:us-east-1:000000000000:rule/Test-Rule"],
        detail: {},
      });
    }
  });

  test("of EventBridge Scheduler runs with its own input", async () => {
    const { clock, recorder } = await runScheduled({
      Schedule: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          ScheduleExpression: "rate(1 hour)",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: { Arn: { "Fn::GetAtt": ["Sweep", "Arn"] }, RoleArn: "arn:role", Input: '{"full":true}' },
        },
      },
    });
    await clock.advance(60 * minute);
    await recorder.written('{"full":true}');
  });

  test("that is disabled does not run, and nobody is told", async () => {
    const { clock, host } = await runScheduled(rule({ ScheduleExpression: "rate(1 day)", State: "DISABLED" }));
    expect(clock.nextDeadline).toBeUndefined();
    expect(host.notes).toHaveLength(1);
  });

  test.each([
    [
      "cron",
      { ScheduleExpression: "cron(0 3 * * ? *)" },
      "The schedule Rule, cron(0 3 * * ? *), is not run by the clock here. Fire it: umapi local fire Rule",
    ],
    ["an event pattern", { EventPattern: { source: ["x"] } }, "The rule Rule waits for events and is not run here."],
  ])("of %s is not run, and the host says so", async (_, properties, note) => {
    const { host } = await runScheduled(rule(properties));
    expect(host.notes.join("\n")).toContain(note);
  });

  test.each(["Rule", "rule", "nightly"])("is fired by any of its names: %s", async (name) => {
    const { host, recorder } = await runScheduled(
      rule({ Name: "Nightly", ScheduleExpression: "cron(0 3 * * ? *)", State: "DISABLED" }),
    );
    expect(await host.fire(name)?.results).toMatchObject([{ outcome: "returned" }]);
    await expect.poll(() => recorder.lines.join()).toContain('"time":"2026-01-05T09:00:00Z"');
  });

  test("has the name of its construct, if it has none of its own", async () => {
    const named = Object.entries(rule({ ScheduleExpression: "rate(1 day)" })).map(([id, resource]) => {
      return [id, { ...resource, Metadata: { "aws:cdk:path": "Test/Sweeps/Every/Resource" } }];
    });
    const { host } = await runScheduled(Object.fromEntries(named));
    expect(host.fire("Sweeps/Every")?.name).toBe("Sweeps/Every");
  });

  test("of another name is not fired", async () => {
    const { host } = await runScheduled(rule({ ScheduleExpression: "rate(1 day)" }));
    expect(host.fire("Other")).toBeUndefined();
  });

  test("of EventBridge Scheduler tells its function what only it knows", async () => {
    const { host, recorder } = await runScheduled({
      Schedule: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          Name: "nightly",
          ScheduleExpression: "cron(0 3 * * ? *)",
          Target: {
            Arn: { "Fn::GetAtt": ["Sweep", "Arn"] },
            Input: '{"at":"<aws.scheduler.scheduled-time>","try":<aws.scheduler.attempt-number>}',
          },
        },
      },
    });
    await host.fire("nightly")?.results;
    await recorder.written('{"at":"2026-01-05T09:00:00Z","try":1}');
  });

  test("that is no rate at all keeps the host from starting", async () => {
    await expect(runScheduled(rule({ ScheduleExpression: "rate(0 moons)" }))).rejects.toThrow(
      "Resources.Rule.Properties.ScheduleExpression: expected rate(<n> minutes|hours|days), found rate(0 moons)",
    );
  });
});
