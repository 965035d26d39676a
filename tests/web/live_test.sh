#!/usr/bin/env bash
# Pages that are open while something changes, in a real browser: one stream a browser, handed over, and what stands in for it.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d /tmp/muster-live.XXXXXX)
served=
trap '[ -z "$served" ] || { kill "$served" && wait "$served"; } 2>/dev/null; rm -rf "$work"' EXIT
muster=build/release/muster
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
db=$work/city/muster.db

. tests/report.sh
ask() { sqlite3 -batch "$db" "$1"; }

folder=$(tools/node.sh)
report "npm has what the test asks for"
"$muster" demo -o "$work/city" --eve --seed 1 >"$work/demo" 2>&1
report "a city on its eve"
coproc SERVER { exec build/asan/muster serve --db "$db" --listen 127.0.0.1:0 --at 2020-02-07T14:00Z 2>"$work/log"; }
served=$SERVER_PID
read -r -t 60 base <&"${SERVER[0]}"
leader=$(ask "SELECT person_id FROM role_grant WHERE role = 'leader' ORDER BY id LIMIT 1")
cat >"$work/facts" <<FACTS
{"base": "$base", "team": $(ask "SELECT team_id FROM role_grant WHERE person_id = $leader AND role = 'leader'"),
 "leader": {"person": $leader, "link": "$("$muster" pass "$leader" --db "$db" --renew)", "last4": "$(ask "SELECT substr (phone, -4) FROM person WHERE id = $leader")"}}
FACTS
node tests/node/live.mjs "$folder" "$browser" "$work/facts" >"$work/said" 2>&1
status=$?
sed -E 's/^((not )?ok) [0-9]+ /\1 /' "$work/said"
grep -q '^ok' "$work/said" && { [ $status -eq 0 ] || grep -q '^not ok' "$work/said"; }
report "the scenes came to their end"
grep -q '^not ok' "$work/said" && failed=1
exit "$failed"
