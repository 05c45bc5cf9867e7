import { requestMarginSeconds } from "../shared/dispatch/sender.ts";
import { adobeUrls } from "../shared/ims/adobe-urls.ts";
import { longestBackoffSeconds, longestBlockSeconds } from "../shared/pacing/backoff.ts";
import { parkedAfterDays } from "../shared/sweep/sweeper.ts";

/**
 * Every time and limit of the service, in one place. The stack takes its numbers from here and nowhere else;
 * `delivery-rules.ts` checks their effect in the finished template.
 */
export const settings = {
  // Adobe User Management API
  ...adobeUrls,
  /** UMAPI docs: 10 action requests per minute and client. Written `requests/seconds`. */
  actionBudget: "10/60",
  /** A mass removal by a broken feed waits for a second look; a day's leavers do not. */
  removalLimit: "100/3600",
  /** Adobe's own client waits as long. A shorter timeout would cause requests of unknown fate. */
  requestTimeoutSeconds: 120,
  tokenTimeoutSeconds: 20,

  // dispatch
  /** A request starts only if the time left exceeds its timeout by this, so that its answer can still be written down. */
  requestMarginSeconds,
  dispatchTimeoutSeconds: 180,
  /**
   * SQS hides a batch on receipt, and Lambda starts its clock on invocation. This is the longest time between the two.
   */
  invocationLagSeconds: 30,
  /**
   * AWS generally advises six times the function's timeout. Here a killed function would then stall the lane for all
   * that time.
   */
  visibilityTimeoutSeconds: 210,
  /** AWS: the most that a FIFO queue hands to one invocation, and UMAPI's most commands per request. */
  batchSize: 10,

  // queue
  /** AWS: the longest an SQS queue keeps a message. */
  queueRetentionDays: 14,
  deadLetterRetentionDays: 14,
  /** AWS: the highest value allowed. SQS counts receives, not failures, and waiting out a throttle is a receive. */
  maxReceiveCount: 1000,
  /** In the long run a failure hides a message for this long, which limits the number of receives. */
  longestBackoffSeconds,

  // functions
  /** AWS: an HTTP API stops waiting for its integration after 30 s. */
  apiFunctionTimeoutSeconds: 29,
  memorySizeMiB: 512,
  logLevel: "INFO",

  // release
  releaseIntervalMinutes: 1,
  releaseTimeoutSeconds: 50,

  // rescue
  /** A batch that takes longer continues when it is received again. */
  rescueTimeoutSeconds: 60,
  returnedVisibilityTimeoutSeconds: 90,

  // sweep
  sweepIntervalMinutes: 15,
  /** The sweeper reads the summaries of all queued operations, 100 at a time; that takes far less than the interval. */
  sweepTimeoutSeconds: 300,
  /** The sweeper parks operations that have been queued for this long; until then their messages must exist. */
  parkedAfterDays,

  // webhooks
  /** A batch of ten records, five at a time: each a token, a read, and a call that submits. */
  intakeTimeoutSeconds: 120,
  deliveriesVisibilityTimeoutSeconds: 150,
  /** For the sake of HR systems: as many batches at a time. AWS: at least 2. */
  intakeConcurrency: 2,
  /** An HTTP API has 429 for the rest, and senders repeat it. Other routes keep their own limits. */
  webhookRateLimitPerSecond: 50,
  webhookBurstLimit: 200,

  // alarms
  longestBlockSeconds,
  /** The longest block (2 h) with a backlog of 24,000 commands (4 h at Adobe's ceiling of 100 a minute) on top. */
  queueAgeAlarmHours: 6,
  /** The same for the waiting room, which the age of the queue's messages does not cover. */
  parkedAgeAlarmHours: 6,
  pauseAlarmHours: 24,
  deliveriesAgeAlarmHours: 6,
  /** As many refused webhooks of a source in a row are no accident. */
  refusedInARow: 3,

  // HTTP API
  apiRateLimitPerSecond: 50,
  apiBurstLimit: 100,
} as const;
