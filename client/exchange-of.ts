import { readUrl, UrlError } from "../shared/http/service-url.ts";
import { systemClock } from "../shared/time/system-clock.ts";
import { authorization } from "./authorization.ts";
import { SettingsError } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import type { ClientOptions } from "./options.ts";

/** What a client asks the API with. @throws SettingsError */
export function exchangeOf(options: ClientOptions): Exchange {
  const { environment = process.env, clock = systemClock, random = Math.random, onAskingAgain, token } = options;
  const url = urlOf(options.url ?? environment["UMAPI_URL"]);
  return new Exchange({
    url: url.href.replace(/\/(v1\/operations\/?)?$/, ""),
    fetch: options.fetch ?? ((target, init) => fetch(target, init)),
    authorize: authorization(url, options, environment, () => clock.now()),
    clock,
    random,
    authorizedBy: token === undefined ? "credentials" : "token",
    onAskingAgain: onAskingAgain ?? (() => undefined),
  });
}

function urlOf(text: string | undefined): URL {
  if (text === undefined)
    throw new SettingsError("The client does not know the API's URL: give it as url, or set UMAPI_URL.");
  try {
    return readUrl(text, "The API's URL");
  } catch (error) {
    if (error instanceof UrlError) throw new SettingsError(error.message);
    throw error;
  }
}
