import { alike, type ExplainedIn } from "./alike.ts";

const timeZone =
  "`npm test` kills it. The test changes the time zone, which it cannot do in the threads in which Stryker runs it.";

export const http: ExplainedIn = {
  "shared/http/retry-after.ts": [
    ...alike(
      '(header ?? "").match(/(?:\\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)?[^,]+/gi)?.map((value) => value.trim()) ?? []',
      "Text that is neither seconds nor a date counts as none.",
      '"" → "Stryker was here!"',
      '[] → ["Stryker was here"]',
    ),
    ...alike(
      "const lacksZone = / (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/.test(text);",
      timeZone,
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d|\\d\\d:\\d\\d:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\D{4}|\\d\\d:\\d\\d:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\D\\d:\\d\\d:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\D:\\d\\d:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\d:\\D\\d:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\d:\\d\\D:\\d\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\d:\\d\\d:\\D\\d)$/",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\d:\\d\\d:\\d\\D)$/",
    ),
    ...alike(
      "const lacksZone = / (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/.test(text);",
      "A second GMT says the same as the first.",
      "/ (\\d{4}|\\d\\d:\\d\\d:\\d\\d)$/ → / (\\d{4}|\\d\\d:\\d\\d:\\d\\d)/",
    ),
  ],
};
