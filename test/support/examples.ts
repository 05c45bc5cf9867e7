import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../shared/http/parse-json.ts";
import { repository } from "./local-start.ts";

/** A file of `examples/`. */
export interface Example {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly text: string;
  /** The command that it runs, as one would type it. */
  readonly command: string;
  /** What it submits; undefined for one that only reads. */
  readonly input: unknown;
}

const folder = join(repository, "examples");

export function readExamples(): Example[] {
  return shellScripts().map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const [, command = ""] = /^exec (.*)$/ms.exec(text) ?? [];
    const [, json] = /<<'JSON'\n(.*)\nJSON\n$/s.exec(text) ?? [];
    return {
      name: file.replace(/\.sh$/, ""),
      text,
      command: command.replace(' "$@"', "").trimEnd(),
      input: json === undefined ? undefined : parseJson(json),
    };
  });
}

/** Beside them are whole apps, each in its folder. */
function shellScripts(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".sh"));
}
