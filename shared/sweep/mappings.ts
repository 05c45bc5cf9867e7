import { GetEventSourceMappingCommand, type LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";

/** How many event source mappings do not pass messages on. */
export interface MappingEvent {
  readonly kind: "mappings off";
  readonly mappings: number;
}

/** AWS: the states of a mapping that polls, or is about to. The others are Disabling, Disabled and Deleting. */
const on: readonly (string | undefined)[] = ["Enabled", "Enabling", "Creating", "Updating"];

/** The event source mappings that hand messages to functions. AWS has no metric that says whether one is on. */
export class Mappings {
  readonly #lambda: LambdaClient;
  readonly #ids: readonly string[];

  /** @param ids the UUIDs of the mappings that must be on */
  constructor(lambda: LambdaClient, ids: readonly string[]) {
    this.#lambda = lambda;
    this.#ids = ids;
  }

  /** Counts those that are switched off or gone. @throws if AWS does not say */
  async look(): Promise<MappingEvent> {
    const states = await Promise.all(this.#ids.map((id) => this.#stateOf(id)));
    return { kind: "mappings off", mappings: states.filter((state) => !on.includes(state)).length };
  }

  async #stateOf(id: string): Promise<string | undefined> {
    try {
      return (await this.#lambda.send(new GetEventSourceMappingCommand({ UUID: id }))).State;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}
