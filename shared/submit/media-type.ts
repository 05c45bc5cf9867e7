/**
 * Whether the body is JSON in UTF-8 by its content type: `application/json` or `application/…+json` (RFC 6839), with any
 * parameters. JSON has no charset parameter (RFC 8259, section 11); one that names another charset is refused rather than
 * have its names garbled.
 */
export function isJsonMediaType(contentType: string | undefined): boolean {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  return /^application\/([\w.!#$&^-]+\+)?json$/.test(type.trim()) && parameters.every(leavesUtf8);
}

function leavesUtf8(parameter: string): boolean {
  const [name = "", value = ""] = parameter.split("=");
  return name.trim() !== "charset" || /^"?(utf-?8|us-ascii)"?$/.test(value.trim());
}
