#!/usr/bin/env bash
# docs/api.md: every block of commands on it is run, against a server of its own.
set -u
cd "$(dirname "$0")/../.."
root=$PWD
muster=$root/build/asan/muster
[ -x "$muster" ] || muster=$root/build/release/muster
work=$(mktemp -d /tmp/muster-api.XXXXXX)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

. tests/report.sh
db=$work/m.db
command() { "$muster" command "$@" --db "$db"; }

command operation.open title=Flood zone=Asia/Shanghai >/dev/null &&
    command person.import 'rows=[{"name":"Lin","phone":"13900001111","org":["Office"]}]' >"$work/person" &&
    command division.import 'rows=[{"code":"320303","name":"D","level":"district"},{"code":"320303001","name":"S","level":"subdistrict","parent_code":"320303"},{"code":"320303001001","name":"A","level":"community","parent_code":"320303001"},{"code":"320303001002","name":"B","level":"community","parent_code":"320303001"},{"code":"320303001003","name":"C","level":"community","parent_code":"320303001"}]' >/dev/null
report "an operation, a person, three communities"
LINK=$("$muster" pass "$(grep -o '[0-9]\{3,\}' "$work/person" | head -n 1)" --db "$db")
report "a link"
"$muster" serve --db "$db" --listen 127.0.0.1:0 >"$work/out" 2>"$work/log" &
server=$!
for _ in $(seq 200); do
    [ -s "$work/out" ] && break
    sleep 0.1
done
read -r BASE <"$work/out"
BASE=${BASE%/}
export BASE LINK

# One script of all blocks; before each a line that says which it is.
awk -v n=0 '/^```sh/ { inside = 1; printf "echo; echo \"== %d\"\n", ++n; next } /^```/ { inside = 0 } inside { print }' docs/api.md >"$work/page.sh"
(cd "$work" && bash -eu page.sh >said 2>wrong) || { sed 's/^/# /' "$work/wrong"; false; }
report "every block of the page runs"
block() { awk -v want="== $1" '/^== / { inside = $0 == want; next } inside { print }' "$work/said"; }
[[ "$(block 1)" == *'"name":"Lin"'*'"roles":["volunteer"]'* ]]
report "the session is the person's"
[[ "$(block 2)" == *'"name":"duty_my"'*'{"rows":[],"next":null}'* ]] && [ "$(wc -l <"$work/duties.csv")" -eq 1 ]
report "lists are read, and go out as a file"
[[ "$(block 4)" == *'{"id":"'* ]]
report "a command answers"
[[ "$(block 5)" == *'"code":"command.bad.many"'*'"arguments":[{"name":"person"'* ]] && [[ "$(block 5)" == *'"name":"rule"'* ]]
report "what is wrong is named"
[[ "$(block 6)" == *'"place":"0:'*'"changes":[]'* ]] && grep -q '^event: here' "$work/events.txt" && grep -q '^retry: ' "$work/events.txt"
report "the stream begins"

session=$(curl -sS -o /dev/null -c - -d digits=1111 "$BASE$LINK" | awk '$6 == "muster" { print $7 }')
curl -sSN --max-time 60 -H "Authorization: Bearer $session" "$BASE/api/v1/events" >"$work/heard" 2>/dev/null &
listener=$!
for _ in $(seq 200); do
    grep -q '^event: here' "$work/heard" && break
    sleep 0.1
done
person=$(curl -sS -H "Authorization: Bearer $session" "$BASE/api/v1/session" | sed -E 's/.*"person":"([0-9]+)".*/\1/')
hint="^data: \{\"topic\":\"person:$person\",\"kinds\":\"[^\"]*care_rule" # of a slow machine with what came just before it
curl -sSf -o /dev/null -H "Authorization: Bearer $session" -H 'Content-Type: application/json' \
    -d "{\"person\":\"$person\",\"rule\":\"no_night\"}" "$BASE/api/v1/commands/care_rule.drop"
for _ in $(seq 200); do
    grep -qE "$hint" "$work/heard" && break
    sleep 0.1
done
kill "$listener" 2>/dev/null
wait "$listener" 2>/dev/null
grep -qE "$hint" "$work/heard" && ! grep -q no_night "$work/heard"
report "and brings what is done, as a hint"
big=$(head -c 70000 /dev/zero | tr '\0' x)
printf '{"title":"%s"}' "$big" >"$work/big.json"
[ "$(curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $session" -H 'Content-Type: application/json' \
    --data-binary "@$work/big.json" "$BASE/api/v1/commands/operation.open")" = 413 ]
report "more than 64 KB is not taken"
! grep -q "$session" "$work/log" && grep -q '"route":"/api/v1/commands/:command"' "$work/log"
report "the log names the address, not the session"
script=$(curl -sS -b "muster=$session" "$BASE/p" | grep -o '/a/live\.[0-9a-f]*\.js')
curl -sS -D "$work/head" -H 'Accept-Encoding: gzip' -o "$work/live.gz" "$BASE$script" && gzip -t "$work/live.gz" &&
    grep -qi '^cache-control: public, max-age=31536000, immutable' "$work/head" && [ "$(wc -c <"$work/live.gz")" -lt 2048 ]
report "the script of live pages is small and kept for ever"
kill -TERM "$server" && wait "$server"
report "it stops in good order, streams and all"
server=
echo "1..$count"
exit "$failed"
