# sh examples/multiple-users.sh
# Creates two Enterprise ID users, as MultipleUsers.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
[
  {
    "user": "first.user@example.com",
    "do": [
      {
        "createEnterpriseID": {
          "email": "first.user@example.com",
          "country": "US",
          "firstname": "First",
          "lastname": "User",
          "option": "ignoreIfAlreadyExists"
        }
      }
    ]
  },
  {
    "user": "second.user@example.com",
    "do": [
      {
        "createEnterpriseID": {
          "email": "second.user@example.com",
          "country": "US",
          "firstname": "Second",
          "lastname": "User",
          "option": "ignoreIfAlreadyExists"
        }
      }
    ]
  }
]
JSON
