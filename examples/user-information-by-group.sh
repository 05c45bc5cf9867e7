# sh examples/user-information-by-group.sh
# Lists the users of a group, as UserInformationByGroup.py does.
exec npx umapi users --group "TestGroup1" "$@"
