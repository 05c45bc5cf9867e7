# sh examples/add-adobe-id-user.sh
# Adds an Adobe ID user, as AddAdobeIDUser.py does.
exec npx umapi submit - --wait "$@" <<'JSON'
{
  "user": "john.doe@example.com",
  "do": [
    { "addAdobeID": { "email": "john.doe@example.com", "country": "US", "option": "ignoreIfAlreadyExists" } }
  ]
}
JSON
