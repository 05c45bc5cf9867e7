import { InvalidSecretsError, readSecrets } from "../../shared/webhooks/secrets.ts";
import { CommandError } from "../errors.ts";
import { readText } from "../files.ts";

/** Written by `npm start`. */
const localKeys = ".local/webhooks.json";

/**
 * The newest key with which a source signs.
 *
 * @param file that has it and nothing else; undefined for the keys of the local stack
 * @throws CommandError
 */
export async function keyOf(source: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return (await readText(file)).trim();
  const text = await readText(localKeys).catch((cause) => {
    throw new CommandError(
      `${localKeys} has the keys of the local stack: start it (npm start) in this folder, or name a key with --key-file.`,
      { cause },
    );
  });
  const key = secretsIn(text).get(source)?.keys[0];
  if (key !== undefined) return key;
  throw new CommandError(`${localKeys} has no key for ${source}. Put one in, or name one with --key-file.`);
}

function secretsIn(text: string) {
  try {
    return readSecrets(text);
  } catch (error) {
    if (error instanceof InvalidSecretsError)
      throw new CommandError(`${localKeys}: ${error.message}`, { cause: error });
    throw error;
  }
}
