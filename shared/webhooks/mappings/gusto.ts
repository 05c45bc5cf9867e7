import { person } from "./person.ts";

/** Fields: Gusto docs, "Get an employee" and "Employee Events". Gusto's employees work in the United States. */
export const gusto = `(
  $who := { "email": $email(record.work_email), "firstname": $text(record.first_name), "lastname": $text(record.last_name),
            "country": $country(record.home_address.country) ?: values.country ?: "US" };
  $left := record = null or record.terminated = true;
  $department := record.department;
  $from := record.jobs[primary = true].hire_date;
  $until := record.terminations[active = true].effective_date;
${person})`;
