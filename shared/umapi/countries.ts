import { iso31661 } from "iso-3166/1.js";

/** Names that people write besides ISO's and today's English ones. */
const usual = {
  AE: ["UAE", "Emirates"],
  BA: ["Bosnia"],
  BR: ["Brasil"],
  CD: ["DR Congo", "DRC", "Zaire"],
  CG: ["Republic of the Congo"],
  CI: ["Ivory Coast"],
  CN: ["PRC", "People's Republic of China", "Mainland China"],
  CV: ["Cape Verde"],
  CZ: ["Czech Republic"],
  GB: ["UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland"],
  // The European Union's own code.
  GR: ["EL", "Hellenic Republic"],
  HK: ["Hong Kong SAR"],
  IE: ["Republic of Ireland", "Eire"],
  KG: ["Kyrgyz Republic"],
  KR: ["Republic of Korea"],
  MK: ["Macedonia"],
  MM: ["Burma"],
  MO: ["Macau", "Macau SAR", "Macao SAR"],
  NL: ["Holland"],
  PS: ["Palestine"],
  SA: ["KSA"],
  SK: ["Slovak Republic"],
  SZ: ["Swaziland"],
  TL: ["East Timor"],
  TR: ["Turkey"],
  TW: ["Republic of China"],
  US: ["US of A", "America"],
  VA: ["Vatican"],
} as const;

/** ISO 3166-1's codes of two letters, each by itself and by its code of three letters. */
const codes = new Map(
  iso31661.flatMap(({ alpha2, alpha3 }) => [alpha2, alpha3].map((code) => [code, alpha2] as const)),
);

/** Made only when somebody writes a name, because it takes a while. */
let made: { readonly english: Intl.DisplayNames; readonly names: ReadonlyMap<string, string> } | undefined;

/** Today's English names, and the code for every name as `foldedCountry` writes it. */
export function knownCountries() {
  if (made !== undefined) return made;
  const english = new Intl.DisplayNames("en", { type: "region" });
  const names = new Map([
    ...iso31661.flatMap(({ alpha2, name }) =>
      [name, english.of(alpha2) ?? name].map((each) => [foldedCountry(each), alpha2] as const),
    ),
    ...Object.entries(usual).flatMap(([code, written]) => written.map((name) => [foldedCountry(name), code] as const)),
  ]);
  made = { english, names };
  return made;
}

/**
 * The code of ISO 3166-1 for a country as people write it: in two or three letters of any case, by an English name, its
 * words in any order, or by both (`United States (US)`).
 *
 * @returns undefined if the country is not known
 */
export function countryCode(text: string): string | undefined {
  return oneName(text) ?? oneName(text.replace(form, "")) ?? bothNames(text);
}

/** Words for a kind of state, which short names leave out. */
const form =
  /^(the )?((federal|federative|islamic|people's|plurinational) )?(republic|kingdom|commonwealth|state|states|principality|grand duchy|sultanate) of /i;

function oneName(text: string): string | undefined {
  return codes.get(initials(text)) ?? knownCountries().names.get(foldedCountry(text));
}

function bothNames(text: string): string | undefined {
  const parts = text.split(/[()[\]/|–-]/).flatMap((part) => (part.trim() === "" ? [] : [oneName(part)]));
  return parts.length > 1 && new Set(parts).size === 1 ? parts[0] : undefined;
}

/** `U.S.A.` without its dots. */
function initials(text: string): string {
  return text.replaceAll(/[.\s]/g, "").toUpperCase();
}

/**
 * Two names are equal if they have the same words, in any order, without accents and small words. So `Korea, Republic
 * of` is found.
 */
export function foldedCountry(name: string): string {
  const words = name
    .normalize("NFKD")
    .replaceAll(/[\p{M}.'’`]/gu, "")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => !["", "the", "of", "and"].includes(word))
    .map((word) => (word === "st" ? "saint" : word));
  return words.toSorted().join(" ");
}
