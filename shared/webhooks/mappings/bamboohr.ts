import { person } from "./person.ts";

/** Fields: BambooHR docs, "Get Employee" and "Field-Based Webhooks". */
export const bamboohr = `(
  $of := $exists(record) ? record : $merge($each(payload.fields, function($field, $name) { { $name: $field.value } }));
  $who := { "email": $email($of.workEmail), "firstname": $text($of.firstName), "lastname": $text($of.lastName),
            "country": $country($of.country) ?: values.country, "kind": $of.employmentHistoryStatus };
  $left := record = null or $of.status = "Inactive" or payload.action = "Deleted" or payload.type = "employee.deleted";
  $department := $of.department;
${person})`;
