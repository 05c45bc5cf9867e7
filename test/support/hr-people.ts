import type { PresetName } from "../../shared/webhooks/preset-names.ts";

/** A person as any HR system knows one. */
export interface HrPerson {
  readonly id: string;
  readonly email?: string;
  readonly firstname?: string;
  readonly lastname?: string;
  /** As people write it. */
  readonly country?: string;
  readonly department?: string;
  readonly status?: "working" | "on leave" | "left";
  readonly kind?: string;
  /** The first and the last day, as dates. */
  readonly from?: string;
  readonly until?: string | undefined;
}

export type HrEvent = "created" | "updated" | "deleted";

/** What an HR system posts and, if it is asked, answers. */
interface Told {
  readonly payload: unknown;
  readonly record: unknown;
}

type Teller = (event: HrEvent, person: HrPerson) => Told;

/** Records and payloads as each HR system documents them. A deleted record is null. */
export const tellers: Readonly<Record<Exclude<PresetName, "standard">, Teller>> = {
  bamboohr: (event, { id, email, firstname, lastname, country, department, status, kind }) => ({
    payload: {
      type: `employee.${event}`,
      timestamp: "2026-11-26T12:00:00+0000",
      data: { companyId: "12345", employeeId: id, ...(event === "updated" && { changedFields: ["department"] }) },
    },
    record: unlessDeleted(event, {
      id,
      firstName: firstname ?? null,
      lastName: lastname ?? null,
      workEmail: email ?? null,
      country: country ?? null,
      department: department ?? null,
      status: status === "left" ? "Inactive" : "Active",
      employmentHistoryStatus: kind ?? "Full-Time",
    }),
  }),
  hibob: (event, { id, email, firstname, lastname, country, department, status, kind, from, until }) => ({
    payload: {
      companyId: 636192,
      type: `employee.${event}`,
      triggeredBy: "3332883804594373380",
      triggeredAt: "2026-11-26T12:00:00.000000",
      version: "v2",
      data: { employeeId: id, ...(event === "updated" && { fieldUpdates: [{ id: "work.department" }] }) },
    },
    record: unlessDeleted(event, {
      id,
      email: email ?? null,
      firstName: firstname ?? null,
      surname: lastname ?? null,
      address: { country: country ?? null },
      work: { department: department ?? null, startDate: from ?? "2020-01-01" },
      payroll: { employment: { type: kind ?? "Full time" } },
      internal: {
        lifecycleStatus: { working: "Employed", "on leave": "Leave", left: "Terminated" }[status ?? "working"],
        terminationDate: until ?? null,
      },
    }),
  }),
  gusto: (event, { id, email, firstname, lastname, department, status, from, until }) => ({
    payload: {
      uuid: `event-${event}-${id}`,
      event_type: `employee.${event}`,
      resource_type: "Company",
      resource_uuid: "5df911a0-e8e9-412d-8aaf-a46ad193dd96",
      entity_type: "Employee",
      entity_uuid: id,
      timestamp: 1795694400,
    },
    record: unlessDeleted(event, {
      uuid: id,
      first_name: firstname ?? null,
      last_name: lastname ?? null,
      email: "private@example.net",
      work_email: email ?? null,
      department: department ?? null,
      terminated: status === "left",
      terminations: until === undefined ? [] : [{ active: true, effective_date: until }],
      jobs: [{ primary: true, title: "Designer", hire_date: from ?? "2020-01-01" }],
    }),
  }),
  finch: (event, { id, email, firstname, lastname, country, department, status }) => ({
    payload: {
      connection_id: "9d6c83b0-9e20-4c5e-8d0a-6f1f3d5b7a11",
      event_type: `individual.${event}`,
      data: { individual_id: id },
    },
    record: unlessDeleted(event, {
      responses: [
        {
          individual_id: id,
          code: 200,
          body: {
            id,
            first_name: firstname ?? null,
            last_name: lastname ?? null,
            emails: [
              { data: "private@example.net", type: "personal" },
              ...(email === undefined ? [] : [{ data: email, type: "work" }]),
            ],
            residence: country === undefined ? null : { country },
            ...(department !== undefined && { department: { name: department } }),
            ...(status === "left" && { is_active: false }),
          },
        },
      ],
    }),
  }),
};

function unlessDeleted(event: HrEvent, record: object): object | null {
  return event === "deleted" ? null : record;
}
