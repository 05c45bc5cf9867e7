import type { SourceConfiguration } from "./configuration.ts";
import type { PresetName } from "./preset-names.ts";

/** A source for each preset, with all that the preset and its ready mapping say: the sources of the local stack. */
export const readySources: { readonly sources: Readonly<Record<PresetName, SourceConfiguration>> } = {
  sources: {
    standard: { preset: "standard" },
    finch: { preset: "finch" },
    bamboohr: { preset: "bamboohr", company: "example" },
    hibob: { preset: "hibob" },
    gusto: { preset: "gusto" },
  },
};
