/**
 * Why a body is not JSON in UTF-8 by its content type; undefined if it is. The type must be `application/json` or
 * `application/…+json` (RFC 6839), with any parameters. JSON has no charset parameter (RFC 8259, section 11). A
 * parameter that names another charset is refused, because names would be garbled.
 */
export function mediaTypeFlaw(contentType: string | undefined): "not-json" | "charset" | undefined {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  if (!/^application\/([\w.!#$&^-]+\+)?json$/.test(type.trim())) return "not-json";
  return parameters.every(leavesUtf8) ? undefined : "charset";
}

function leavesUtf8(parameter: string): boolean {
  const [name = "", value = ""] = parameter.split("=");
  return name.trim() !== "charset" || /^"?(utf-?8|us-ascii)"?$/.test(value.trim());
}
