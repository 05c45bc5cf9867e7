import type { Fields } from "../../shared/ims/credentials.ts";
import { joinedKeys } from "./ini.ts";

/** Whether every line is `NAME=value`, blank, or a comment, as in the `.env` of an App Builder project. */
export function isEnvFile(text: string): boolean {
  const lines = linesOf(text);
  return lines.length > 0 && lines.every((line) => assignment.test(line));
}

const assignment = /^(?:export\s+)?([^\s=:{}[\]"']+)\s*=\s*(.*)$/;

/**
 * Reads `NAME=value` lines. Names of the aio command line become nested objects: one `_` goes down a level, and two are
 * a `_` in the name, so that `AIO_ims_contexts_users_client__id` is `ims.contexts.users.client_id`.
 */
export function readEnvFile(text: string): Fields {
  const root: Record<string, unknown> = {};
  for (const line of linesOf(text)) {
    const [, name = "", value = ""] = assignment.exec(line) ?? [];
    const [, nested] = /^AIO_(.+)$/i.exec(name) ?? [];
    if (nested === undefined) root[name.replace(/^IMS_OAUTH_S2S_/, "")] = listOr(value);
    else
      put(
        root,
        nested.split(/(?<!_)_(?!_)/).map((part) => part.replaceAll("__", "_")),
        listOr(value),
      );
  }
  return root;
}

const linesOf = (text: string) =>
  joinedKeys(text)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[#;]/.test(line));

function put(at: Record<string, unknown>, [name = "", ...below]: readonly string[], value: unknown): void {
  if (below.length === 0) {
    at[name] = value;
    return;
  }
  const next = at[name];
  const child: Record<string, unknown> = isRecord(next) ? next : {};
  at[name] = child;
  put(child, below, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The aio command line writes lists as JSON, with or without quotes around it. */
function listOr(value: string): unknown {
  const [, inner = value] = /^'(\[.*\])'$/.exec(value) ?? [];
  try {
    const parsed: unknown = JSON.parse(inner);
    return Array.isArray(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
