# sh examples/user-information.sh
# Lists the users of the organisation, as UserInformation.py does.
exec npx umapi users "$@"
