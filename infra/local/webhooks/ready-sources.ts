/** The sources of a local start that names no others: one for each preset, with its ready mapping. */
export const readySources: Readonly<Record<string, object>> = {
  standard: { preset: "standard" },
  finch: { preset: "finch" },
  bamboohr: { preset: "bamboohr", company: "example" },
  hibob: { preset: "hibob" },
  gusto: { preset: "gusto" },
};
