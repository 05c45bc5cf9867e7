# sh examples/add-groups-products.sh
# Gives a user a product profile, as AddGroupsProducts.py does. create-federated-user.sh makes the user.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "mary.major@example.com",
  "do": [{ "add": { "group": ["Creative Cloud 1"] } }]
}
JSON
