# sh examples/user-multiple-operations.sh
# Creates an Enterprise ID user in a user group and with a product profile, as UserMultipleOperations.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "carla.coe@example.com",
  "do": [
    {
      "createEnterpriseID": {
        "email": "carla.coe@example.com",
        "country": "US",
        "firstname": "Carla",
        "lastname": "Coe",
        "option": "ignoreIfAlreadyExists"
      }
    },
    { "add": { "group": ["TestGroup1", "Creative Cloud 1"] } }
  ]
}
JSON
