import * as z from "zod/mini";
import type { SimulatedWorld } from "./simulated-world.ts";

export const operationSchema = z.strictObject({
  id: z.string(),
  user: z.optional(z.string()),
  usergroup: z.optional(z.string()),
  requestID: z.optional(z.string()),
  domain: z.optional(z.string()),
  useAdobeID: z.optional(z.boolean()),
  do: z.optional(z.array(z.unknown())),
  acceptedAt: z.string(),
  submittedBy: z.optional(z.string()),
  updatedAt: z.string(),
  notBefore: z.optional(z.string()),
  status: z.enum(["queued", "succeeded", "failed", "canceled", "superseded"]),
  attempts: z.number(),
  waiting: z.optional(
    z.strictObject({
      until: z.optional(z.string()),
      reason: z.string(),
      behind: z.optional(z.string()),
      ahead: z.optional(z.int().check(z.nonnegative())),
      expectedAt: z.optional(z.string()),
    }),
  ),
  canceledAt: z.optional(z.string()),
  canceledBy: z.optional(z.string()),
  certain: z.optional(z.boolean()),
  supersededBy: z.optional(z.string()),
  error: z.optional(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      certain: z.boolean(),
      step: z.optional(z.number()),
      hint: z.string(),
    }),
  ),
});

export type SeenOperation = z.infer<typeof operationSchema>;

const acceptedSchema = z.object({ operations: z.array(z.object({ id: z.string(), status: z.literal("queued") })) });
const listSchema = z.object({ operations: z.array(operationSchema), cursor: z.optional(z.string()) });
const requestsSchema = z.array(
  z.object({
    at: z.number(),
    method: z.string(),
    path: z.string(),
    status: z.nullable(z.number()),
    commands: z.number(),
  }),
);
const usersSchema = z.array(
  z.looseObject({
    email: z.optional(z.string()),
    lastname: z.optional(z.string()),
    groups: z.optional(z.array(z.string())),
  }),
);

/** Hands in commands and gives their operations' ids. @throws unless all are accepted */
export async function accepted(
  world: SimulatedWorld,
  body: unknown,
  headers?: Record<string, string>,
): Promise<string[]> {
  const answer = await world.api.post(body, headers);
  if (answer.status !== 202) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return acceptedSchema.parse(answer.body).operations.map(({ id }) => id);
}

export async function operation(world: SimulatedWorld, id: string): Promise<SeenOperation> {
  return operationSchema.parse((await world.api.get(`/v1/operations/${id}`)).body);
}

/** Every operation, from new to old. */
export async function allOperations(world: SimulatedWorld, filter = ""): Promise<SeenOperation[]> {
  const all: SeenOperation[] = [];
  let cursor: string | undefined;
  do {
    const query: string = `limit=200${filter}${cursor === undefined ? "" : `&cursor=${cursor}`}`;
    const page = listSchema.parse((await world.api.get(`/v1/operations?${query}`)).body);
    all.push(...page.operations);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

/** What the sandbox has got at its action endpoint, in order. */
export async function actionRequests(world: SimulatedWorld) {
  const all = requestsSchema.parse(await world.sandbox("requests"));
  return all.filter(({ path }) => path.includes("/action/"));
}

export async function sandboxUsers(world: SimulatedWorld) {
  return usersSchema.parse(await world.sandbox("users"));
}

/** Emails of distinct users. */
export function users(count: number, prefix = "user"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}.${index}@example.com`);
}

/** A command that creates the user. */
export function create(user: string) {
  return {
    user,
    do: [{ createFederatedID: { email: user, firstname: "Ada", lastname: "Byron", country: "GB" } }],
  };
}

export function addTo(user: string, ...group: string[]) {
  return { user, do: [{ add: { group } }] };
}

/** How the operations stand, by status. */
export async function statuses(world: SimulatedWorld, ids: readonly string[]): Promise<Record<string, number>> {
  const wanted = new Set(ids);
  const all = (await allOperations(world)).filter(({ id }) => wanted.has(id));
  return Object.fromEntries(
    [...Map.groupBy(all, ({ status }) => status)].map(([status, some]) => [status, some.length]),
  );
}

/** From now on Adobe answers each request by 500 that has a command on one of these users and groups. */
export async function failing(world: SimulatedWorld, ...commands: readonly object[]): Promise<void> {
  await world.sandbox(
    "faults",
    commands.map((command) => ({ on: "action", times: 1_000_000, command, status: 500 })),
  );
}
