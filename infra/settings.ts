import { requestMarginSeconds } from "../shared/dispatch/sender.ts";
import { adobeUrls } from "../shared/ims/adobe-urls.ts";
import { longestBackoffSeconds, longestBlockSeconds } from "../shared/pacing/backoff.ts";
import { parkedAfterDays } from "../shared/sweep/sweeper.ts";

/**
 * Every time and limit of the service, in one place. The stack takes its numbers from here and nowhere else;
 * `delivery-rules.ts` checks what they amount to in the finished template.
 */
export const settings = {
  // Adobe User Management API
  ...adobeUrls,
  /** UMAPI docs: 10 action requests per minute and client. Written `requests/seconds`. */
  actionBudget: "10/60",
  /** Adobe's own client waits as long; less would manufacture requests of unknown fate. */
  requestTimeoutSeconds: 120,
  tokenTimeoutSeconds: 20,

  // dispatch
  /** A request starts only if the time left exceeds its timeout by this, so that its answer can still be written down. */
  requestMarginSeconds,
  dispatchTimeoutSeconds: 180,
  /** SQS hides a batch on receipt, Lambda starts its clock on invocation: what may lie between the two. */
  invocationLagSeconds: 30,
  /** Not six times the function's timeout, as AWS advises in general: a killed function would stall the lane for all of it. */
  visibilityTimeoutSeconds: 210,
  /** AWS: the most that a FIFO queue hands to one invocation, and UMAPI's most commands per request. */
  batchSize: 10,

  // queue
  /** AWS: the longest an SQS queue keeps a message. */
  queueRetentionDays: 14,
  deadLetterRetentionDays: 14,
  /** AWS: the highest value allowed. SQS counts receives, not failures, and waiting out a throttle is a receive. */
  maxReceiveCount: 1000,
  /** The least that a failure hides a message for in the long run: what makes receives scarce. */
  longestBackoffSeconds,

  // functions
  /** AWS: an HTTP API gives up on its integration after 30 s. */
  apiFunctionTimeoutSeconds: 29,
  memorySizeMiB: 512,
  logLevel: "INFO",

  // release
  releaseIntervalMinutes: 1,
  releaseTimeoutSeconds: 50,

  // rescue
  /** A batch that takes longer goes on where it stopped when it comes again. */
  rescueTimeoutSeconds: 60,
  returnedVisibilityTimeoutSeconds: 90,

  // sweep
  sweepIntervalMinutes: 15,
  /** Reads every queued operation's summary, 100 at a time; well inside the interval. */
  sweepTimeoutSeconds: 300,
  /** The sweeper parks what has been queued for so long; until then its message must exist. */
  parkedAfterDays,

  // alarms
  longestBlockSeconds,
  /** The longest block (2 h) with a backlog of 24,000 commands (4 h at Adobe's ceiling of 100 a minute) on top. */
  queueAgeAlarmHours: 6,
  /** The same for what is in the waiting room, where the age of the queue's messages says nothing of it. */
  parkedAgeAlarmHours: 6,
  pauseAlarmHours: 24,

  // HTTP API
  apiRateLimitPerSecond: 50,
  apiBurstLimit: 100,
} as const;
