import { registerHooks } from "node:module";
import * as z from "zod/mini";

/** Loaded with `--import` before a simulation: replaces one snippet of one source file as that file is loaded. */
const plantSchema = z.object({ file: z.string(), snippet: z.string(), replacement: z.string() });
const plant = plantSchema.parse(JSON.parse(process.env["PLANT"] ?? ""));
const url = new URL(`../../${plant.file}`, import.meta.url).href;

registerHooks({
  load(loaded, context, nextLoad) {
    const result = nextLoad(loaded, context);
    if (loaded !== url || result.source === undefined || result.source === null) return result;
    const text = typeof result.source === "string" ? result.source : new TextDecoder().decode(result.source);
    return { ...result, source: text.replace(plant.snippet, () => plant.replacement) };
  },
});
