import * as z from "zod/mini";

const answerShape = z.nullish(
  z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string() }))) }),
);

/**
 * The messages of a batch that the function reported as failed, with `ReportBatchItemFailures`.
 *
 * AWS: an empty or null answer, or an empty or null list, means that all are done; an empty or unknown identifier, or
 * any other shape, that the whole batch has failed.
 */
export function failedMessageIds(answer: unknown, messageIds: readonly string[]): readonly string[] {
  const parsed = answerShape.safeParse(answer === "" ? null : answer);
  if (!parsed.success) return messageIds;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => messageIds.includes(id)) ? failed : messageIds;
}
