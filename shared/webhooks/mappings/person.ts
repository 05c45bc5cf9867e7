/**
 * The end of the ready mappings that read records: what becomes of one person. Before it stand, in JSONata:
 *
 * - `$who`: email, firstname, lastname, country, and perhaps username and domain
 * - `$left`: whether the person has left, or the record is gone. The event may say so before the record does: some HR
 *   systems answer for a while with what they held before
 * - `$department`, `$from` and `$until` (the first and the last day, as dates), each perhaps without a value
 *
 * And in the source's `values`, all optional: `groups` (for everybody), `groupsOf` (lists by department), `create` (the
 * step for new people, `createFederatedID` if absent), `leaveOut` (kinds of employment that get nothing).
 */
export const person = `
  $ahead := function($day) { $exists($time($day)) and $toMillis($time($day)) > $millis() };
  $root := function($one) { $exists($one.username) ? { "user": $one.username, "domain": $one.domain } : { "user": $one.email } };
  $known := $exists(previous) and $not(previous.left = true);
  $create := values.create ?: "createFederatedID";
  $groups := [$distinct($append(values.groups, $lookup(values.groupsOf, $text($department))))];
  $add := $count($groups) > 0 ? { "add": { "group": $groups } };
  $names := { "firstname": $who.firstname, "lastname": $who.lastname };

  $leaver := function($one) { $merge([$root($one), { "do": [{ "removeFromOrg": {} }] }]) };
  $mover := function() { $merge([$root(previous), { "do": [{ "update": $merge([$who.email = previous.email ? {} : { "email": $who.email }, $names]) }, $add] }]) };
  $joiner := function() { $merge([$root($who), { "do": [{ $create: $merge([{ "email": $who.email, "country": $who.country, "option": "updateIfAlreadyExists" }, $names]) }, $add] }, $ahead($from) ? { "notBefore": $time($from) } : {}]) };

  $left
    ? (previous.left = true ? { "nothing": "left before" }
      : $known ? $leaver(previous)
      : $exists(planned) ? { "nothing": "left before the first day" }
      : $exists($who.email) ? $leaver($who)
      : $error("Nobody knows who left: the record is gone, and was never mapped. Seed it, then retry."))
  : $exists($who.kind) and $who.kind in values.leaveOut ? { "nothing": "a kind of employment that is left out" }
  : $not($exists($who.email)) ? { "incomplete": "no work email yet" }
  : $not($exists($who.firstname) and $exists($who.lastname)) ? { "incomplete": "no first or last name yet" }
  : $create = "createFederatedID" and $not($exists($who.country)) ? { "incomplete": "no country yet" }
  : [$known ? $mover() : $joiner(), $ahead($until) ? $merge([$leaver($who), { "notBefore": $endOf($until) }])]
`;
