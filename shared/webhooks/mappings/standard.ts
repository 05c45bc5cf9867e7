/**
 * The mapping of our own event: `{"type": "person.joined" | "person.changed" | "person.left", "data": {"id"?, "email",
 * "firstname", "lastname", "country", "groups"?, "username"?, "domain"?, "previousEmail"?, "effectiveAt"?}}`.
 */
export const standard = `(
  $data := payload.data;
  $mail := $email($data.email);
  $was := $email($data.previousEmail) ?: ($not(previous.left = true) ? previous.email) ?: $mail ?: planned.email;
  $user := function($mail) { $exists($data.username) ? { "user": $data.username, "domain": $data.domain } : { "user": $mail } };
  $at := $exists($data.effectiveAt) ? { "notBefore": $time($data.effectiveAt) } : {};
  $add := $count($data.groups) > 0 ? { "add": { "group": $data.groups } };
  $names := { "firstname": $text($data.firstname), "lastname": $text($data.lastname) };
  $new := $merge([{ "email": $mail, "country": $country($data.country), "option": "updateIfAlreadyExists" }, $names]);

  payload.type = "person.left" ? (
      previous.left = true and $not($exists(planned)) ? { "nothing": "left before" }
      : $exists($data.username) or $exists($was) ? $merge([$user($was), { "do": [{ "removeFromOrg": {} }] }, $at])
      : $error("Nobody knows who left: the event has neither an email nor a username.")
  )
  : $not($exists($mail)) ? { "incomplete": "no email yet" }
  : payload.type = "person.joined" ? $merge([$user($mail), { "do": [{ (values.create ?: "createFederatedID"): $new }, $add] }, $at])
  : payload.type = "person.changed" ? $merge([$user($was), { "do": [{ "update": $merge([$mail = $was ? {} : { "email": $mail }, $names]) }, $add] }, $at])
  : { "nothing": "an event of another type" }
)`;
