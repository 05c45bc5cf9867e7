import { Duration } from "aws-cdk-lib";
import { settings } from "./settings.ts";
import { betweenSweeps, highest, outlasting, total, type Watch, type Watched } from "./watch.ts";

/** What tells that operations wait or have failed. */
export function workWatches({ workQueues, workers }: Pick<Watched, "workQueues" | "workers">) {
  return {
    CredentialRefusals: {
      urgency: "page",
      metric: workers.dispatch.metric("CredentialRefusals", highest),
      atLeast: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: "Adobe refuses the credential. The lane waits, and every operation with it; none is lost or failed. See the reason in the log of dispatch, and put a working credential into the secret: it is read again within 30 minutes.",
    },
    CredentialsUnreadable: {
      urgency: "page",
      metric: workers.dispatch.metric("CredentialsUnreadable", highest),
      atLeast: 1,
      periods: outlasting(settings.longestBackoffSeconds),
      text: "The secret with Adobe's credentials cannot be read, or holds no usable credentials. The lane waits, and every operation with it; none is lost or failed. The line \"no token\" in the log of dispatch has AWS's name for the cause: ResourceNotFoundException means that the secret has no value, AccessDeniedException or a name with KMS that a permission is missing, InvalidRequestException that the secret is being deleted. Mend that, or put in credentials: they are read again within 30 minutes.",
    },
    AdobeFailures: {
      urgency: "ticket",
      metric: workers.dispatch.metric("AdobeFailures", highest),
      atLeast: 3,
      periods: outlasting(settings.longestBlockSeconds),
      text: "Adobe has failed three times in a row. The lane is tried again at growing intervals, and nothing is lost. See the log of dispatch and status.adobe.com. The lane goes on by itself once the cause is gone.",
    },
    OperationsFailed: {
      urgency: "ticket",
      metric: workers.dispatch.metric("OperationsFailed", total),
      atLeast: 1,
      text: "Adobe has refused operations for good. GET /v1/operations?status=failed lists them with the reason: mend that, then POST /v1/operations/{id}/retry, or submit a corrected operation.",
    },
    LeaversRefused: {
      urgency: "page",
      metric: workers.dispatch.metric("LeaversRefused", total),
      atLeast: 1,
      text: 'Adobe has refused to remove somebody, who is still in the organisation. The operation is tried once more in its place, behind what was accepted before it, and fails there if Adobe still refuses. The log of dispatch says which and why at "leaver refused". If it cannot wait, remove the person in the Admin Console.',
    },
    RemovalsHeld: {
      urgency: "page",
      metric: workers.dispatch.metric("RemovalsHeld", total),
      atLeast: 1,
      text: "More people were to be removed than the removal limit lets go. Those above it are held, and nothing that conflicts with them goes; all else goes on. GET /v1/removals shows how many there are and who asked for them. If that is right, POST /v1/removals/release lets them go; if a feed is broken, POST /v1/removals/cancel leaves the people in.",
    },
    QueueAge: {
      urgency: "ticket",
      // AWS leaves out messages that were received over and over; with FIFO order these are at most the first ten. If
      // there are no others, their cause has an alarm of its own.
      metric: workQueues.queue.metricApproximateAgeOfOldestMessage(highest),
      atLeast: Duration.hours(settings.queueAgeAlarmHours).toSeconds(),
      text: `Operations have waited for more than ${settings.queueAgeAlarmHours} hours. After a large import this is normal (Adobe takes 100 commands a minute); otherwise the lane is stuck. GET /v1/operations?status=queued says in "waiting" what they wait for and until when. None is lost: after ${settings.parkedAfterDays} days they are parked in the waiting room.`,
    },
    OldestParked: {
      urgency: "ticket",
      metric: workers.sweep.metric("OldestParkedAge", highest),
      atLeast: Duration.hours(settings.parkedAgeAlarmHours).toSeconds(),
      periods: betweenSweeps,
      text: `An operation in the waiting room was queued more than ${settings.parkedAgeAlarmHours} hours ago; scheduled ones do not count. GET /v1/operations?waiting=<reason> lists them: held (Adobe is too busy for it, or fails at it), suspect (Adobe fails at requests with it), unsettled (Adobe did not answer its last try), behind (another operation must go first). Others go on meanwhile. Mend the cause. During an outage or a pause this alarm is normal.`,
    },
    OperationsUnreadable: {
      urgency: "ticket",
      metric: workers.sweep.metric("OperationsUnreadable", highest),
      atLeast: 1,
      periods: betweenSweeps,
      text: `Operations were stored in a form that the deployed version cannot read: after a rollback, by the version that was taken back. The log of sweep names each at "unreadable row" or "set aside". They and what conflicts with them wait; all else goes on, and none is lost. Deploy a version that can read them: they go on within ${settings.sweepIntervalMinutes} minutes.`,
    },
    LanePaused: {
      urgency: "ticket",
      metric: workers.sweep.metric("PauseAge", highest),
      atLeast: Duration.hours(settings.pauseAlarmHours).toSeconds(),
      periods: betweenSweeps,
      text: `Somebody paused the lane more than ${settings.pauseAlarmHours} hours ago, and everything waits. Nothing is lost. If the pause was forgotten, POST /v1/lane/resume ends it.`,
    },
    OperationsReturned: {
      urgency: "ticket",
      metric: workers.rescue.metric("OperationsReturned", total),
      atLeast: 1,
      text: `Operations were received from SQS ${settings.maxReceiveCount} times. They have been parked in the waiting room, and go on from there. This happens if dispatch cannot start, or crashes at every batch, for days: see its log, and deploy a version that works. Their order against work that was sent meanwhile is not promised.`,
    },
    DeadLetters: {
      urgency: "ticket",
      metric: workQueues.deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
      atLeast: 1,
      text: `The dead-letter queue holds a message that is not an operation of this service's form; its attribute "reason" says why. It holds nothing up. Read it, find out where it came from, and delete it.`,
    },
  } satisfies Record<string, Watch>;
}
