import type { Command } from "../../shared/umapi/command.ts";
import { counted } from "../output/text.ts";
import type { Entry, Input } from "./input.ts";
import { quoted } from "./quoted.ts";

/** The most people who are named. */
const mostNamed = 5;

/**
 * Says what a CSV file would take from people, for the person who is about to submit it; undefined if it takes nothing.
 * A removal in JSON is explicit, and nobody is asked.
 */
export function removalsText({ form, entries }: Input): string | undefined {
  if (form === "JSON") return undefined;
  const leavers = entries.filter(({ command }) => hasStep(command, "removeFromOrg"));
  const others = entries.filter(({ command }) => hasStep(command, "remove"));
  const parts = [
    ...(leavers.length === 0 ? [] : [`removes ${people(leavers)} from the organisation`]),
    ...(others.length === 0 ? [] : [`takes groups from ${people(others)}`]),
  ];
  if (parts.length === 0) return undefined;
  const all = [...leavers, ...others];
  const named = all.slice(0, mostNamed).map(({ command }) => `  ${nameOf(command)}`);
  const more = all.length > mostNamed ? [`  … and ${counted(all.length - mostNamed, "other", "others")}`] : [];
  return [`${parts.join(", and ")}:`, ...named, ...more].join("\n");
}

function hasStep(command: Command, name: "remove" | "removeFromOrg"): boolean {
  return command.do.some((step) => Object.hasOwn(step, name));
}

const people = (entries: readonly Entry[]) => counted(entries.length, "person", "people");

function nameOf(command: Command): string {
  const name = "user" in command ? command.user : command.usergroup;
  const domain = "user" in command && command.domain !== undefined ? ` in ${command.domain}` : "";
  return quoted(name + domain).slice(1, -1);
}
