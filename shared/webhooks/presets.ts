import type { RecordRequest, SignatureRules, SourceConfiguration } from "./configuration.ts";
import type { PresetName } from "./preset-names.ts";

/** What a preset stands for. The configuration of a source comes before it. */
export interface Preset extends Pick<SourceConfiguration, "deliveryId" | "records"> {
  readonly signature: SignatureRules;
  /** Absent where the payload has all that the mapping needs. */
  readonly record?: RecordRequest;
  /** What the sender posts without a signature while a source is set up, and has no key yet. */
  readonly setUp?: SetUp;
}

/** `ping`: a greeting that wants 2xx. `token`: the key itself. */
export type SetUp = "ping" | "token";

/** Source: Standard Webhooks 1.0.0. */
const standard: SignatureRules = {
  header: "webhook-signature",
  prefix: "v1,",
  digest: "sha256",
  encoding: "base64",
  signed: "{id}.{timestamp}.{body}",
  idHeader: "webhook-id",
  timestampHeader: "webhook-timestamp",
  key: "base64",
};

/** Source: HiBob docs, "Read company employee fields by employee ID". */
const hibobFields = [
  "root.email",
  "root.firstName",
  "root.surname",
  "address.country",
  "work.department",
  "work.startDate",
  "payroll.employment.type",
  "internal.lifecycleStatus",
  "internal.terminationDate",
];

export const presets: Readonly<Record<PresetName, Preset>> = {
  standard: { signature: standard, records: "$string(data.id ? data.id : data.email)" },
  finch: {
    signature: {
      ...standard,
      header: "finch-signature",
      idHeader: "finch-event-id",
      timestampHeader: "finch-timestamp",
    },
    records: "data.individual_id",
    record: {
      url: "https://api.tryfinch.com/employer/individual",
      headers: { "Finch-API-Version": "2020-09-17" },
      body: { requests: [{ individual_id: "{id}" }] },
      auth: "bearer",
    },
  },
  bamboohr: {
    signature: {
      header: "x-bamboohr-signature",
      digest: "sha256",
      encoding: "hex",
      signed: "{body}{timestamp}",
      timestampHeader: "x-bamboohr-timestamp",
    },
    // Thin, or with several employees and their fields.
    records: 'employees ? employees.{ "id": $string(id), "payload": $ } : $string(data.employeeId)',
    record: {
      url: "https://{company}.bamboohr.com/api/v1/employees/{id}?fields=firstName,lastName,workEmail,country,department,status,employmentHistoryStatus",
      auth: "basic",
    },
  },
  hibob: {
    signature: { header: "bob-signature", digest: "sha512", encoding: "base64", signed: "{body}" },
    setUp: "ping",
    records: "data.employeeId",
    record: {
      url: "https://api.hibob.com/v1/people/{id}",
      body: { fields: hibobFields, humanReadable: "REPLACE" },
      auth: "basic",
    },
  },
  gusto: {
    signature: { header: "x-gusto-signature", digest: "sha256", encoding: "hex", signed: "{body}" },
    setUp: "token",
    deliveryId: "uuid",
    records: 'entity_type = "Employee" ? entity_uuid',
    record: { url: "https://api.gusto.com/v1/employees/{id}", auth: "bearer" },
  },
};
