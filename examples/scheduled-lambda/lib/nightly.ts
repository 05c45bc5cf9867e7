import { parse } from "csv-parse/sync";
import { hasFailed, isClientError, joiner, OperationsClient } from "umapi-workers/client";
import roster from "./roster.csv";

interface Person {
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly country: string;
  /** Separated by semicolons. */
  readonly groups: string;
}

/** Less than the function's own 15 minutes, so that it can still report. */
const timeoutSeconds = 13 * 60;

/**
 * Brings everybody on the roster up to date, and reports. It fails if somebody could not be.
 *
 * Lambda runs it again after a failure: the same time names the same operations, so that nothing is done twice.
 *
 * @param event of the schedule; its `time` is the night's
 */
export async function handler({ time }: { readonly time: string }): Promise<void> {
  const people: Person[] = parse(roster, { columns: true, skip_empty_lines: true, trim: true });
  const operations = people.map(({ groups, ...person }) =>
    joiner({
      type: "federatedID",
      user: person.email,
      ...person,
      groups: groups.split(";").filter((group) => group !== ""),
    }),
  );
  const client = new OperationsClient();
  const submitted = await client.submit(operations, { name: `roster ${time}` });
  const { ended, unfinished } = await outcome(client, submitted);
  const failed = ended.filter(hasFailed);
  report({ time, people: people.length, failed: failed.length, unfinished });
  if (failed.length === 0) return;
  // Ids and codes only, because logs must not hold people's addresses.
  const details = failed.map(({ id, error }) => `${id} (${error?.code})`).join(", ");
  throw new Error(`${failed.length} of ${people.length} failed: ${details}`);
}

/** What has ended in time. What has not goes on all the same. */
async function outcome(client: OperationsClient, submitted: Awaited<ReturnType<OperationsClient["submit"]>>) {
  try {
    return { ended: await client.waitFor(submitted, { timeoutSeconds }), unfinished: 0 };
  } catch (error) {
    if (!isClientError(error) || error.code !== "timeout") throw error;
    return { ended: error.operations, unfinished: error.unfinished.length };
  }
}

interface Report {
  readonly time: string;
  readonly people: number;
  readonly failed: number;
  readonly unfinished: number;
}

/** One line of the log, from which CloudWatch also makes metrics (Embedded Metric Format). */
function report({ time, people, failed, unfinished }: Report): void {
  const Metrics = [{ Name: "people" }, { Name: "failed" }, { Name: "unfinished" }];
  const metrics = { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: "Roster", Dimensions: [[]], Metrics }] };
  console.log(JSON.stringify({ message: "roster", time, people, failed, unfinished, _aws: metrics }));
}
