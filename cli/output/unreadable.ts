/** @param ids of operations, as they are to be printed */
export function unreadableText(ids: readonly string[]): string {
  return `The service cannot read ${ids.join(", ")}: another version of it has stored that in a form that the deployed one does not know. It is kept, and goes on once a version that knows the form is deployed.`;
}
