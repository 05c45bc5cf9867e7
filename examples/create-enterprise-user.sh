# sh examples/create-enterprise-user.sh
# Creates an Enterprise ID user, as CreateEnterpriseUser.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "jane.roe@example.com",
  "do": [
    {
      "createEnterpriseID": {
        "email": "jane.roe@example.com",
        "country": "US",
        "firstname": "Jane",
        "lastname": "Roe",
        "option": "ignoreIfAlreadyExists"
      }
    }
  ]
}
JSON
