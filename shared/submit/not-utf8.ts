import { type Problem, type ProblemMembers, problem } from "../api/problem.ts";

/** The character that replaces bytes that were not UTF-8 in decoded text. */
export const replacement = "\ufffd";

/** How to mend it. Windows PowerShell 5 sends text as ISO 8859-1 by default. */
export const sendUtf8 =
  'send UTF-8, from Windows PowerShell with -ContentType "application/json; charset=utf-8" and ' +
  "-Body ([Text.Encoding]::UTF8.GetBytes($json))";

/** @param members the places where the body is not UTF-8, as far as they are known */
export function notUtf8(text: string, members?: ProblemMembers): Problem {
  const found = isUtf16(text) ? "is UTF-16" : "has characters that are not UTF-8";
  return problem("malformed", `The body ${found}: ${sendUtf8}.`, members);
}

/** Whether the text shows that it was decoded from bytes that were not UTF-8. */
export function wasNotUtf8(text: string): boolean {
  return text.includes(replacement) || isUtf16(text);
}

/** Whether text that was read as UTF-8 is UTF-16 or UTF-32: two bytes FE and FF at its start, or NUL. */
function isUtf16(text: string): boolean {
  return text.startsWith(replacement + replacement) || text.slice(0, 4).includes("\0");
}
