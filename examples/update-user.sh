# sh examples/update-user.sh
# Changes a user's names, as UpdateUser.py does. create-federated-user.sh makes the user.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "mary.major@example.com",
  "do": [{ "update": { "firstname": "M", "lastname": "M" } }]
}
JSON
