import { Annotations } from "aws-cdk-lib";
import { type Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { partWatches } from "./part-watches.ts";
import type { Urgency, Watch, Watched } from "./watch.ts";
import { webhookWatches } from "./webhook-watches.ts";
import { workWatches } from "./work-watches.ts";

export interface AlarmsProps extends Watched {
  /** Notified when an alarm of its urgency goes off, and when it ends; undefined for nobody. */
  readonly topics: Readonly<Record<Urgency, ITopic | undefined>>;
}

/** Everything that an operator must know. */
export class Alarms extends Construct {
  /** Each by the name that it has in docs/deploy.md. */
  readonly byName: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, { topics, ...watched }: AlarmsProps) {
    super(scope, id);
    this.#warnOfSilence(topics);
    const watches: Readonly<Record<string, Watch>> = {
      ...workWatches(watched),
      ...partWatches(watched),
      ...(watched.webhooks && webhookWatches(watched.webhooks)),
    };
    this.byName = Object.fromEntries(
      Object.entries(watches).map(([name, watch]) => [name, this.#add(name, watch, topics[watch.urgency])]),
    );
  }

  #add(name: string, watch: Watch, topic: ITopic | undefined): Alarm {
    const alarm = watch.metric.createAlarm(this, name, {
      alarmDescription: watch.text,
      ...("silentPeriods" in watch
        ? {
            threshold: 1,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluationPeriods: watch.silentPeriods,
            datapointsToAlarm: watch.silentPeriods,
            treatMissingData: TreatMissingData.BREACHING,
          }
        : {
            threshold: watch.atLeast,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluationPeriods: watch.periods ?? 1,
            datapointsToAlarm: 1,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }),
    });
    if (topic === undefined) return alarm;
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }

  #warnOfSilence({ page, ticket }: AlarmsProps["topics"]): void {
    if (page && ticket) return;
    const [which, prop] = page
      ? ["The tickets", "ticketTopic"]
      : ticket
        ? ["The pages", "pageTopic"]
        : ["The alarms", "alarmTopic"];
    Annotations.of(this).addWarningV2(
      "umapi-workers:alarmsTellNobody",
      `${which} tell nobody: ${prop} is not set. Set it to an SNS topic that somebody reads; with the ready stack, -c umapi:${prop}Arn=<arn>.`,
    );
  }
}
