import * as z from "zod/mini";
import { maxOperations } from "../operation/limits.ts";
import type { Read } from "../schema/read.ts";

/** A person whom an HR system has known since before its first webhook. */
const seededPerson = z
  .strictObject({
    /** The HR system's own id of the person's record. */
    record: z.string().check(z.minLength(1), z.maxLength(256)),
    email: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(250))),
    username: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(250))),
    domain: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(250))),
  })
  .check(z.refine(({ email, username }) => email !== undefined || username !== undefined));

export type SeededPerson = Read<typeof seededPerson>;

/** Says who people are in Adobe, by their records. */
export const seedBodySchema = z.strictObject({
  people: z.array(seededPerson).check(z.minLength(1), z.maxLength(maxOperations)),
});
