import { iso31661 } from "iso-3166/1.js";
import { foldedCountry, knownCountries } from "../../shared/umapi/countries.ts";
import { likest } from "./did-you-mean.ts";

/**
 * The country that a text may mean, for example `DE for Germany`: one with a similar name, or that name in another
 * language.
 */
export function likelyCountry(text: string): string | undefined {
  const { english, names } = knownCountries();
  const code = foreign(text) ?? names.get(likest(foldedCountry(text), names.keys()) ?? "");
  return code === undefined ? undefined : `${code} for ${english.of(code)}`;
}

const languages = ["de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ja", "zh", "ko"];

function foreign(text: string): string | undefined {
  const written = text.trim().toLowerCase();
  for (const language of languages) {
    const local = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    const found = iso31661.find(({ alpha2 }) => local.of(alpha2)?.toLowerCase() === written);
    if (found !== undefined) return found.alpha2;
  }
  return undefined;
}
