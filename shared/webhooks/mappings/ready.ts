import type { PresetName } from "../preset-names.ts";
import { bamboohr } from "./bamboohr.ts";
import { finch } from "./finch.ts";
import { gusto } from "./gusto.ts";
import { hibob } from "./hibob.ts";
import { standard } from "./standard.ts";

/** The ready mappings by their names. A source with a preset and without a mapping has the one of that name. */
export const readyMappings: Readonly<Record<PresetName, string>> = { standard, finch, bamboohr, hibob, gusto };
