#!/bin/sh
# Asks a running `kyc serve` for a token, twice with one key, and looks at what came of it.
#
#   sh examples/service/curl.sh [http://127.0.0.1:8080]
#
# The key of a caller comes from KYC_CALLER_KEY, if the service asks for one.
set -eu

base=${1:-http://127.0.0.1:8080}
policy=eu-onboarding
key=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
client=$(printf '{"client_id": "curl-%s", "first_name": "Jonas", "date_of_birth": "1990-05-15"}' "$key")

ask() {
    # A header of a secret belongs into a file or standard input, where no other process reads it.
    { [ -z "${KYC_CALLER_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$KYC_CALLER_KEY"; } |
        curl --config - --silent --show-error --max-time 40 "$@"
}

issue() {
    ask --request POST "$base/v1/policies/$policy/tokens" \
        --header 'Content-Type: application/json' --header "Idempotency-Key: $key" --data "$client"
}

# The member of an answer, without a JSON tool: `jq -r .scan_ref` does the same.
member() {
    sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

first=$(issue)
again=$(issue)
[ -n "$(printf %s "$first" | member auth_token)" ] || { echo "no token: $first" >&2; exit 1; }
[ "$first" = "$again" ] || { echo "the same key gave another answer: $again, after $first" >&2; exit 1; }
session=$(printf %s "$first" | member session_id)
echo "session $session, at the vendor $(printf %s "$first" | member scan_ref): one token, asked for twice"

echo "what is known of it:"
ask "$base/v1/sessions/$session"
echo
echo "what would be sent for somebody else, with personal values masked:"
ask --request POST "$base/v1/policies/$policy/tokens?dry_run=true" --header 'Content-Type: application/json' \
    --data '{"client_id": "somebody", "first_name": "Ona", "date_of_birth": "1985-01-31"}'
echo
