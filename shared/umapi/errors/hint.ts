import type { Advice } from "./advice/advice.ts";
import { adviceOnCommands } from "./advice/commands.ts";
import { adviceOnGroups } from "./advice/groups.ts";
import { adviceOnOwnCodes, adviceOnUnknownCodes } from "./advice/own.ts";
import { adviceOnService, internalFault, internalFieldRule, internalNotAllowed } from "./advice/service.ts";
import { adviceOnUsers } from "./advice/users.ts";
import type { AdobeCode } from "./code-rules.ts";

const onAdobeCodes: Readonly<Record<AdobeCode, Advice>> = {
  ...adviceOnUsers,
  ...adviceOnGroups,
  ...adviceOnCommands,
  ...adviceOnService,
};

const byCode = new Map<string, Advice>(Object.entries({ ...onAdobeCodes, ...adviceOnOwnCodes }));

/** The advice on an error code, of Adobe's or of our own. */
function adviceOn(code: string, message: string): Advice {
  const isInternal = code.startsWith("error.internal.");
  if (isInternal && message.includes("FIELD_")) return internalFieldRule;
  if (isInternal && message.includes("NOT_ALLOWED")) return internalNotAllowed;
  return byCode.get(code) ?? (isInternal ? internalFault : adviceOnUnknownCodes);
}

/** Says what went wrong and what to do about it, without anybody's data. */
export function hintOn({ code, message }: { readonly code: string; readonly message: string }): string {
  const { explanation, remedy } = adviceOn(code, message);
  return `${explanation} ${remedy}`;
}

/** Whether a retry of the failed operation may succeed, later or once something outside of it is mended. */
export function retryMayHelp({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return adviceOn(code, message).retryMayHelp === true;
}
