# sh examples/remove-groups.sh
# Takes a product profile from a user, as RemoveGroups.py does. create-federated-user.sh makes the user.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "mary.major@example.com",
  "do": [{ "remove": { "group": ["Creative Cloud 1"] } }]
}
JSON
