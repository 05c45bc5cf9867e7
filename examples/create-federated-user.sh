# sh examples/create-federated-user.sh
# Creates a Federated ID user whose username is the email. Another example creates one by username and domain.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "mary.major@example.com",
  "do": [
    {
      "createFederatedID": {
        "email": "mary.major@example.com",
        "country": "US",
        "firstname": "Mary",
        "lastname": "Major",
        "option": "ignoreIfAlreadyExists"
      }
    }
  ]
}
JSON
