# sh examples/remove-from-org.sh
# Removes a user from the organisation and keeps the account, as RemoveFromOrg.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "john.doe@example.com",
  "do": [{ "removeFromOrg": {} }]
}
JSON
