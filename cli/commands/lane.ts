import { Command } from "@commander-js/extra-typings";
import type { OperationsClient } from "../../client/operations-client.ts";
import type { LaneView } from "../../shared/api/lane.ts";
import { laneText } from "../output/lane.ts";
import { lookOf } from "../output/look.ts";
import { printLine } from "../output/print.ts";
import { connect } from "../service/connection.ts";
import type { Surroundings } from "../surroundings.ts";
import { examples, jsonOption, urlOption } from "./options.ts";

export const laneCommand = (surroundings: Surroundings) =>
  onLane(
    "lane",
    "show what waits, why, until when, and what the last hour brought",
    ["umapi lane --json", "the same, for a program"],
    (api) => api.lane(),
    surroundings,
  );

export const pauseCommand = (surroundings: Surroundings) =>
  onLane(
    "pause",
    "stop sending until resume; nothing is lost",
    ["umapi pause", "before the organisation is changed by hand"],
    (api) => api.pause(),
    surroundings,
  );

export const resumeCommand = (surroundings: Surroundings) =>
  onLane(
    "resume",
    "go on after pause; also: try at once after an outage or refused credentials",
    ["umapi resume", "once the credentials in the secret are good again"],
    (api) => api.resume(),
    surroundings,
  );

function onLane(
  name: string,
  description: string,
  example: readonly [command: string, does: string],
  act: (api: OperationsClient) => Promise<LaneView>,
  surroundings: Surroundings,
) {
  return new Command(name)
    .description(description)
    .addOption(jsonOption("print how the lane stands as JSON"))
    .addOption(urlOption())
    .addHelpText("after", examples(example))
    .action(async ({ json, url }) => {
      const { stdout, environment, clock } = surroundings;
      const lane = await act(await connect(url, surroundings));
      const text = () => laneText(lane, lookOf(stdout, environment), clock.now());
      await printLine(stdout, json ? JSON.stringify(lane, null, 2) : text());
    });
}
