import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./local-start.ts";

/** A block of commands on the page. */
export interface CommandBlock {
  readonly heading: string;
  readonly commands: string;
  /** What they print, where the page shows it. */
  readonly prints: string | undefined;
}

export const page = readFileSync(join(repository, "docs/walkthrough.md"), "utf8");

/** From top to bottom. */
export function commandBlocks(): CommandBlock[] {
  return page.split(/^## /m).flatMap((section) => {
    const [heading = ""] = section.split("\n", 1);
    const blocks = section.matchAll(/^```sh\n(.*?)\n```\n(?:\n```text\n(.*?)```)?/gms);
    return [...blocks].map(([, commands = "", prints]) => ({ heading, commands, prints }));
  });
}
