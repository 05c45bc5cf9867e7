import type { IncomingMessage, RequestListener } from "node:http";

/** The parts of a request that tell which server it means and which page it comes from. */
type Asked = Pick<IncomingMessage, "url" | "headersDistinct">;

const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
const ownHosts = "This server answers only to the host names 127.0.0.1, localhost and [::1]";
const ownPages =
  "This server answers programs, the address bar and its own pages, and a web page from elsewhere sent this request.";

/**
 * Why a request may be the work of a web page that the user of this machine has open, as one sentence; undefined if it
 * cannot be. A browser lets any page send requests to this machine: under the name of a host of the page's own, which
 * its DNS points here (DNS rebinding), or across origins, as a form or a simple `fetch`. Both show in headers that a
 * browser always sends and no page can change: `Host`, and `Origin` or `Sec-Fetch-Site` (Fetch Metadata Request
 * Headers). Programs send only `Host`. A request without a host, which HTTP/1.0 allows, is refused too.
 */
function whyForeign({ url = "/", headersDistinct: headers }: Asked): string | undefined {
  const [host, ...otherHosts] = headers["host"] ?? [];
  if (host === undefined) return `${ownHosts}, and this request names no host.`;
  if (![host, ...otherHosts, ...hostOf(url)].every((each) => ownHost.test(each)) || otherHosts.length > 0)
    return `${ownHosts}, and this request names another.`;
  const isOwnOrigin = (origin: string) => origin.toLowerCase() === `http://${host.toLowerCase()}`;
  const isOwnSite = (site: string) => site === "same-origin" || site === "none";
  const isOwn = (headers["origin"] ?? []).every(isOwnOrigin) && (headers["sec-fetch-site"] ?? []).every(isOwnSite);
  return isOwn ? undefined : ownPages;
}

/** RFC 9112, section 3.2: a target may also be a whole URL, whose host then counts, or `*`. */
function hostOf(target: string): string[] {
  if (target.startsWith("/") || target === "*") return [];
  return [URL.canParse(target) ? new URL(target).host : ""];
}

/** Answers 403 to requests that a web page may have sent, before it looks at anything else. All other requests pass. */
export function refuseForeign(listener: RequestListener): RequestListener {
  return (request, response) => {
    const detail = whyForeign(request);
    if (detail === undefined) {
      listener(request, response);
      return;
    }
    // RFC 9457
    response.statusCode = 403;
    response.setHeader("content-type", "application/problem+json");
    response.end(JSON.stringify({ type: "about:blank", title: "Forbidden", status: 403, detail }));
  };
}
