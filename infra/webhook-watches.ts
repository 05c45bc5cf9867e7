import { Duration } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import { deliveriesFrom } from "../shared/lambda/delivery-metrics.ts";
import { settings } from "./settings.ts";
import { highest, outlasting, total, type Watch } from "./watch.ts";
import type { Webhooks } from "./webhooks.ts";

/** AWS: an alarm looks back on seven days at most. */
const longestHours = 7 * 24;

/** What tells that webhooks are not taken, or that nothing becomes of them. */
export function webhookWatches({ workers, deliveryQueues, sources }: Webhooks): Readonly<Record<string, Watch>> {
  const { webhook, intake, deliveries } = workers;
  const silent = sources.sources.flatMap(({ name, expectEverySeconds }): [string, Watch][] =>
    expectEverySeconds === undefined
      ? []
      : [
          [
            `SourceSilent-${name}`,
            {
              urgency: "ticket",
              metric: webhook.metric(deliveriesFrom(name), { period: Duration.hours(1), statistic: Stats.SUM }),
              silentPeriods: Math.min(longestHours, Math.max(1, Math.ceil(expectEverySeconds / 3600))),
              text: `The source ${name} has posted no webhook for as long as its configuration expects one. See in the HR system whether its webhook is switched off, for example after too many failures, and whether DeliveriesRefused tells of a wrong key.`,
            },
          ],
        ],
  );
  return {
    ...Object.fromEntries(silent),
    DeliveriesFailed: {
      urgency: "ticket",
      metric: intake.metric("DeliveriesFailed", total),
      atLeast: 1,
      text: "What a webhook says of a record could not be mapped, or its commands were refused. A leaver may be among them. GET /v1/deliveries?status=failed lists them with the reason: mend the mapping, or seed who the person is, then POST /v1/deliveries/{id}/retry. Others go on.",
    },
    PayloadsUnreadable: {
      urgency: "ticket",
      metric: webhook.metric("DeliveriesFailed", total),
      atLeast: 1,
      text: "A webhook with a valid signature has a body in which no record was found. GET /v1/deliveries?status=failed lists it with the reason: mend the source's records, then POST /v1/deliveries/{id}/retry.",
    },
    DeliveriesRefused: {
      urgency: "ticket",
      metric: webhook.metric("DeliveriesRefusedInARow", highest),
      atLeast: settings.refusedInARow,
      text: `${settings.refusedInARow} webhooks in a row of one source were refused. Somebody has changed the key in the HR system: put the new one beside the old one into the secret, and the sender repeats what was refused. Or somebody tries keys. The line "delivery refused" in the log of webhook names the source.`,
    },
    RecordCredentials: {
      urgency: "ticket",
      metric: intake.metric("RecordCredentialsRefused", total),
      atLeast: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: 'An HR system refuses the credentials with which its records are read, or the secret has none for it. The line "record not read" in the log of intake names the source. Deliveries wait, and none is lost or failed: put other credentials into the secret, and they go on within 30 minutes.',
    },
    DeliveriesAge: {
      urgency: "ticket",
      metric: deliveryQueues.queue.metricApproximateAgeOfOldestMessage(highest),
      atLeast: Duration.hours(settings.deliveriesAgeAlarmHours).toSeconds(),
      text: `Deliveries have waited for more than ${settings.deliveriesAgeAlarmHours} hours. GET /v1/deliveries?status=queued lists them; the log of intake says what they wait for. After 13 days they count as failed, and can be retried.`,
    },
    DeliveryDeadLetters: {
      urgency: "ticket",
      metric: deliveryQueues.deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
      atLeast: 1,
      text: "A message about a delivery was received 1000 times: intake cannot start, or cannot read it. The delivery itself is kept, and is listed as queued. Mend the cause, then start a redrive of the dead-letter queue.",
    },
    WebhookErrors: {
      urgency: "page",
      metric: webhook.function.metricErrors(total),
      atLeast: 1,
      text: "The function that takes webhooks could not start or was killed. HR systems got an error, and repeat what they posted, some of them only for minutes. See its log.",
    },
    IntakeErrors: {
      urgency: "ticket",
      metric: intake.function.metricErrors(total),
      atLeast: 1,
      text: "The function that reads and maps records could not start or was killed. Its messages come back by themselves. See its log.",
    },
    DeliveriesErrors: {
      urgency: "ticket",
      metric: deliveries.function.metricErrors(total),
      atLeast: 1,
      text: "The function that lists deliveries could not start or was killed. The caller got a 500, and can repeat the call. See its log.",
    },
  };
}
