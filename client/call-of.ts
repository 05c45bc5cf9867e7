/** The call that an operation belongs to, as `list` and `cancelCall` take it. @param id of the operation */
export function callOf(id: string): string {
  return id.split("-", 1)[0] ?? id;
}
