/** What may be logged of an error that nobody foresaw: a message may quote anything, its name and its place may not. */
export function errorSite(error: unknown): { readonly name: string; readonly location: string } {
  if (!(error instanceof Error)) return { name: typeof error, location: "" };
  const line = error.stack?.split("\n").find((each) => /^\s+at /.test(each));
  return { name: error.name, location: line?.trim() ?? "" };
}
