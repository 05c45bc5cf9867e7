import { person } from "./person.ts";

/** Fields: HiBob docs, "Read company employee fields by employee ID" and "Employee data Webhooks". */
export const hibob = `(
  $of := function($field, $plain) { ($at := $lookup(record, $field); $exists($at) ? $at.value : $plain) };
  $who := { "email": $email($of("/root/email", record.email)), "firstname": $text($of("/root/firstName", record.firstName)),
            "lastname": $text($of("/root/surname", record.surname)),
            "country": $country($of("/address/country", record.address.country)) ?: values.country,
            "kind": $of("/payroll/employment/type", record.payroll.employment.type) };
  $status := $lowercase($text($of("/internal/lifecycleStatus", record.internal.lifecycleStatus)));
  $left := record = null or $status in ["terminated", "garden leave"] or payload.type in ["employee.left", "employee.deleted"];
  $department := $of("/work/department", record.work.department);
  $from := $of("/work/startDate", record.work.startDate);
  $until := $of("/internal/terminationDate", record.internal.terminationDate);
${person})`;
