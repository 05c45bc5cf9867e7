/** The HR systems whose way of signing is known here. */
export const presetNames = ["standard", "finch", "bamboohr", "hibob", "gusto"] as const;

export type PresetName = (typeof presetNames)[number];
