import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";

/** @returns whether the condition of a write held; otherwise nothing was written */
export async function conditionHeld(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
