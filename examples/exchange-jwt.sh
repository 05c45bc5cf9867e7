# sh examples/exchange-jwt.sh
# Signs a JSON Web Token and exchanges it for an access token, as ExchangeJWT.py does. The token itself is not shown.
exec npx umapi token --auth jwt "$@"
