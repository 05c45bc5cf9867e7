import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidSecretsError, readSecrets } from "../../../shared/webhooks/secrets.ts";
import type { Source, Sources } from "../../../shared/webhooks/source.ts";
import { SetupError } from "../host/setup-error.ts";

const fileName = "webhooks.json";

/** New keys for the sources that sign: as JSON, as the secret has them. */
export function newWebhookKeys(sources: Sources): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...sources.values()].flatMap((source) =>
      source.proof.kind === "signature" ? [[source.name, newKey(source)]] : [],
    ),
  );
}

/**
 * The keys in `webhooks.json` (mode 0600), which is written if there is none. Sources that are not in it get a key.
 *
 * @param folder such as `.local`
 * @throws {SetupError} in one line, if the file cannot be used
 */
export async function loadOrCreateWebhookKeys(
  folder: string,
  sources: Sources,
): Promise<Readonly<Record<string, unknown>>> {
  const file = join(folder, fileName);
  const kept = await read(file);
  const missing = new Map([...sources].filter(([name]) => !Object.hasOwn(kept, name)));
  const keys = { ...kept, ...newWebhookKeys(missing) };
  if (missing.size > 0) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
  }
  return keys;
}

async function read(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new SetupError(`${file} cannot be read`);
  }
  try {
    readSecrets(text);
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidSecretsError)) throw error;
    throw new SetupError(`${file}: ${error.message} Mend it, or delete the file, and a new one is written.`);
  }
}

/** As many bytes as Standard Webhooks asks for. */
function newKey({ proof }: Source): string {
  const bytes = randomBytes(32);
  const isBase64 = proof.kind === "signature" && proof.rules.key === "base64";
  return isBase64 ? `whsec_${bytes.toString("base64")}` : bytes.toString("hex");
}
