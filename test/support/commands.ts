/** A command that creates a person with an Enterprise ID, with more steps if wanted. */
export function createPerson(user: string, ...moreSteps: readonly object[]) {
  const create = { createEnterpriseID: { email: user, firstname: "First", lastname: "Last", country: "US" } };
  return { user, do: [create, ...moreSteps] };
}

/** So many addresses of different people. */
export function people(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index}@example.com`);
}

/** The entry of `list` at `index`. @throws RangeError if there is none */
export function itemAt<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new RangeError(`There is no item ${index} among ${list.length}`);
  return item;
}
