/** What is posted to the sandbox itself cannot be understood. The message names the field. */
export class InputError extends Error {}
