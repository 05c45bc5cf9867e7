import { person } from "./person.ts";

/** Fields: BambooHR docs, "Get Employee" and "Field-Based Webhooks". */
export const bamboohr = `(
  $of := $exists(record) ? record : $merge($each(payload.fields, function($field, $name) { { $name: $field.value } }));
  $who := { "email": $email($of.workEmail), "firstname": $text($of.firstName), "lastname": $text($of.lastName),
            "country": $country($of.country) ?: values.country, "kind": $of.employmentHistoryStatus };
  $left := record = null or $of.status = "Inactive" or ($not($exists(record)) and payload.action = "Deleted");
  $department := $of.department;
${person})`;
