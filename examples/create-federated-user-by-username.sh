# sh examples/create-federated-user-by-username.sh
# Creates a Federated ID user by a username and its domain, as CreateFederatedUser.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "rmiles",
  "domain": "example.com",
  "do": [
    {
      "createFederatedID": {
        "email": "rmiles@example.com",
        "country": "US",
        "firstname": "Richard",
        "lastname": "Miles",
        "option": "ignoreIfAlreadyExists"
      }
    }
  ]
}
JSON
