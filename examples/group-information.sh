# sh examples/group-information.sh
# Lists the user groups, product profiles and admin groups, as GroupInformation.py does.
exec npx umapi groups "$@"
