import { person } from "./person.ts";

/** Fields: Finch docs, "Individual" and "Webhooks". An individual does not say whether the person has left: the event does. */
export const finch = `(
  $answer := record.responses[0];
  $of := $exists($answer) ? $answer.body : record;
  $who := { "email": $email($of.emails[type = "work"][0].data), "firstname": $text($of.first_name), "lastname": $text($of.last_name),
            "country": $country($of.residence.country) ?: values.country };
  $left := record = null or $answer.code = 404 or $of.is_active = false or payload.event_type in ["individual.deleted", "directory.deleted", "employment.deleted"];
  $department := $of.department.name;
${person})`;
