import { Command } from "@commander-js/extra-typings";
import { connect } from "../operations/connection.ts";
import type { Lane } from "../operations/lane.ts";
import type { OperationsApi } from "../operations/operations-api.ts";
import { laneText } from "../output/lane.ts";
import { printLine } from "../output/print.ts";
import type { Surroundings } from "../surroundings.ts";
import { jsonOption, urlOption } from "./options.ts";

export const laneCommand = (surroundings: Surroundings) =>
  onLane("lane", "tell what waits, why, and how much of Adobe's limit is used", (api) => api.lane(), surroundings);

export const pauseCommand = (surroundings: Surroundings) =>
  onLane("pause", "send nothing any more until resume; nothing is lost", (api) => api.pause(), surroundings);

export const resumeCommand = (surroundings: Surroundings) =>
  onLane(
    "resume",
    "go on after pause; also: try at once after an outage or refused credentials",
    (api) => api.resume(),
    surroundings,
  );

function onLane(
  name: string,
  description: string,
  act: (api: OperationsApi) => Promise<Lane>,
  surroundings: Surroundings,
) {
  return new Command(name)
    .description(description)
    .addOption(jsonOption("print how the lane stands as JSON"))
    .addOption(urlOption())
    .action(async ({ json, url }) => {
      const lane = await act(await connect(url, surroundings));
      await printLine(surroundings.stdout, json ? JSON.stringify(lane, null, 2) : laneText(lane));
    });
}
