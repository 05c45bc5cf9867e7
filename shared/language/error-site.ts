/** What may be logged of an unexpected error: its name and its place. The message could quote anything. */
export function errorSite(error: unknown): { readonly name: string; readonly location: string } {
  if (!(error instanceof Error)) return { name: typeof error, location: "" };
  const line = error.stack?.split("\n").find((each) => /^\s+at /.test(each));
  return { name: error.name, location: line?.trim() ?? "" };
}
