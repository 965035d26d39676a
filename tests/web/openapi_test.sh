#!/usr/bin/env bash
# The description of the API, for each role and in both languages, is what a validator that is not ours takes for one.
set -u
cd "$(dirname "$0")/../.."
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
work=$(mktemp -d /tmp/muster-openapi.XXXXXX)
trap 'rm -rf "$work"' EXIT

. tests/report.sh
check() { node tests/node/openapi.mjs "$folder" "$1" >"$work/said" || { sed 's/^/# /' "$work/said"; false; }; }

folder=$(tools/node.sh)
report "npm has what the test asks for"
for role in volunteer leader liaison secretary commander auditor; do
    for lang in zh-CN en; do
        "$muster" openapi --role "$role" --lang "$lang" >"$work/$role.$lang.json" && check "$work/$role.$lang.json"
        report "for a $role, $lang"
    done
done
[ "$(wc -c <"$work/volunteer.en.json")" -lt "$(wc -c <"$work/commander.en.json")" ]
report "a volunteer is told less than a commander"
# A validator that takes everything would prove nothing.
sed 's/"in":"query"/"in":"moon"/' "$work/leader.en.json" >"$work/bad.json" && ! node tests/node/openapi.mjs "$folder" "$work/bad.json" >/dev/null
report "a parameter that stands nowhere is refused"
sed 's|components/responses/Problem|components/responses/Moon|' "$work/leader.en.json" >"$work/bad.json" &&
    ! node tests/node/openapi.mjs "$folder" "$work/bad.json" >/dev/null
report "a reference into nothing is refused"
out=$("$muster" openapi --role king --lang en 2>&1)
[ $? -eq 2 ] && [[ "$out" == *"is no role"* ]]
report "an unknown role is named"
echo "1..$count"
exit "$failed"
