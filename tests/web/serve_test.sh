#!/usr/bin/env bash
# muster serve and muster pass from outside: the first line is the address, a link opens, a stop loses nothing.
set -u
cd "$(dirname "$0")/../.."
muster=$PWD/build/asan/muster
work=$(mktemp -d /tmp/muster-serve.XXXXXX)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

. tests/report.sh
refuses() { # what, status, part of the message, arguments...
    local what=$1 want=$2 part=$3 out status
    shift 3
    out=$("$muster" "$@" --lang en 2>&1)
    status=$?
    [ "$status" -eq "$want" ] && [[ "$out" == *"$part"* ]] || { echo "# $status: $out"; false; }
    report "$what"
}
db=$work/m.db
command() { "$muster" command "$@" --db "$db"; }

command operation.open title=Flood zone=Asia/Shanghai >/dev/null &&
    command person.import 'rows=[{"name":"Lin","phone":"13900001111","org":["Office"]}]' >"$work/person"
report "an operation and a person"
person=$(grep -o '[0-9]\{3,\}' "$work/person" | head -n 1)
org=$("$muster" view org --db "$db" --csv | tail -n 1 | cut -d, -f1)
own=$("$muster" pass "$person" --db "$db") && [[ "$own" =~ ^/p/[A-Za-z0-9_-]{22}$ ]]
report "a personal link"
[ "$("$muster" pass "$person" --db "$db" --base https://a.example)" = "https://a.example$own" ]
report "the same link again, with the address in front"
group=$("$muster" pass org "$org" --db "$db") && [[ "$group" == /g/* ]]
report "a group's link"

"$muster" serve --db "$db" --listen 127.0.0.1:0 >"$work/out" 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    [ -s "$work/out" ] && break
    sleep 0.1
done
read -r address <"$work/out"
[[ "$address" =~ ^http://127\.0\.0\.1:[0-9]+/$ ]]
report "the first line is the address"
address=${address%/}
get() { curl -s -o "$work/page" -w '%{http_code}' -b "$work/jar" -c "$work/jar" "$@"; }
[ "$(get "$address/readyz")" = 200 ] && [ "$(get "$address/p")" = 403 ]
report "ready, and it knows nobody yet"
[ "$(get "$address$own")" = 200 ] && [ "$(get "$address/p")" = 403 ]
report "an opened link alone begins nothing"
[ "$(get -X POST -d '' "$address$own")" = 303 ] && [ "$(get "$address/p")" = 200 ] && grep -q Lin "$work/page"
report "one press does"
[ "$(curl -s --compressed -H 'Accept-Encoding: gzip' -o /dev/null -w '%{size_download}' -b "$work/jar" "$address/p")" -lt 15000 ]
report "the page is within 15 KB"
! grep -qE "Lin|1111|${own#/p/}" "$work/log"
report "the log names nobody and opens nothing"
grep -q '"route":"/p/:token","status":303' "$work/log" || { sleep 0.3 && grep -q '"route":"/p/:token","status":303' "$work/log"; }
report "the log says what was asked for"
refuses "a second program on the same file" 3 "open in another" serve --db "$db" --listen 127.0.0.1:0
[ "$(stat -c %a "$db.sock")" = 600 ] && [ "$("$muster" pass "$person" --db "$db")" = "$own" ]
report "a link for whoever runs the machine, while it is served"
renewed=$("$muster" pass "$person" --db "$db" --renew) && [ "$renewed" != "$own" ] && [ "$(get "$address$own")" = 404 ] &&
    [ "$(get "$address$renewed")" = 200 ]
report "and a new one, which the served pages know at once"
"$muster" command person.import 'rows=[{"name":"Zhou","phone":"13900002222"}]' --db "$db" | grep -q '"added":1'
report "a command reaches the process that serves"
refuses "and is refused in words" 2 "no person with the number 999999" pass 999999 --db "$db"
printf 'no json' | curl -s -m 5 --unix-socket "$db.sock" --http0.9 -X POST -T - http://x/ >/dev/null; "$muster" pass "$person" --db "$db" >/dev/null
report "what comes there and is no command does no harm"
# A list handed in at the desk, by somebody who runs the city.
"$muster" command role_grant.add person="$person" role=commander scope=all --db "$db" >/dev/null &&
    printf 'a made-up password\n' | "$muster" password "$person" --set --db "$db" >/dev/null
rm -f "$work/jar"
token() { sed -n 's/.*name="form" value="\([^"]*\)".*/\1/p' "$work/page" | head -n 1; }
[ "$(get -d digits=1111 "$address$renewed")" = 303 ] && [ "$(get "$address/login")" = 200 ] &&
    [ "$(get -d "form=$(token)&key=1&password=a+made-up+password&to=/desk" "$address/login")" = 303 ] &&
    [ "$(get "$address/desk/import")" = 200 ] && form=$(token)
report "the desk opens with a password"
printf '姓名,手机\n何建平,13900003333\n,1\n' >"$work/list.csv"
kept() { ls "$work/uploads" | grep -vc '^home$'; } # home: by which a server knows its own folder again
[ "$(get -F "form=$form" -F kind= -F "file=@$work/list.csv" "$address/desk/import")" = 200 ] && grep -q '何建平' "$work/page" &&
    [ "$("$muster" view person --db "$db" --count)" = 2 ] && [ "$(kept)" = 1 ]
report "a list sent is shown, and nothing written"
upload=$(sed -n 's/.*name="upload" value="\([^"]*\)".*/\1/p' "$work/page" | head -n 1)
[ "$(get -d "form=$form&upload=$upload&file=list.csv&kind=people&what=write" "$address/desk/import/write")" = 303 ] &&
    for _ in $(seq 100); do [ "$(kept)" = 0 ] && break || sleep 0.2; done && [ "$(kept)" = 0 ] &&
    [ "$("$muster" view person --db "$db" --count)" = 3 ]
report "one press has it written, and the file is gone"
head -c 34000000 /dev/zero >"$work/huge"
[ "$(get -F "form=$form" -F "file=@$work/huge" "$address/desk/import")" = 413 ] && grep -q '32 MB' "$work/page" && [ "$(kept)" = 0 ]
report "a file too large is refused with the limit"
[ "$(curl -s -o "$work/page" -w '%{http_code}' -F "form=$form" -F "file=@$work/list.csv" "$address/desk/import")" = 403 ]
report "and any from nobody in particular"
kill -TERM "$server" && wait "$server" && [ ! -e "$db.sock" ]
report "it stops in good order"
server=
"$muster" check --db "$db" >/dev/null
report "and the record is as it was written"

refuses "no database" 2 "" serve
refuses "an address that does not read" 2 "does not read" serve --db "$db" --listen here
refuses "a number of loops" 2 "from 1 to" serve --db "$db" --loops 0
refuses "a time that does not read" 2 "UTC" serve --db "$db" --at yesterday
refuses "nobody's link" 2 "whose link" pass --db "$db"
refuses "a link of another kind" 2 "whose link" pass city 1 --db "$db"
refuses "the link of somebody unknown" 2 "no person with the number 999999" pass 999999 --db "$db"
echo "1..$count"
exit "$failed"
