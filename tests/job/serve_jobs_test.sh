#!/usr/bin/env bash
# Background work from outside: a roster and papers are asked for, muster serve makes them, who asked opens them.
set -u
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
work=$(mktemp -d /tmp/muster-jobs.XXXXXX)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
. tests/report.sh
db=$work/m.db
command() { "$muster" command "$@" --db "$db" --lang en; }
id_of() { grep -o '"[0-9]\+"' <<<"$1" | tr -d '"' | sed -n "${2:-1}p"; }
day=$(date -d '+3 days' +%F)
at=$(($(date -d "$day 00:00 UTC" +%s) * 1000))

operation=$(id_of "$(command operation.open title=Flood zone=UTC)") &&
    command division.import 'rows=[{"code":"320303","name":"Yunlong","level":"district"},{"code":"320303001","name":"Pengcheng","level":"subdistrict","parent_code":"320303"},{"code":"320303001001","name":"Dongtang","level":"community","parent_code":"320303001"}]' >/dev/null
people=$(command person.import 'rows=[{"name":"Lin","phone":"13900001111","org":["Office"],"skills":["lead"]},{"name":"Bo","phone":"13900002222","org":["Office"]},{"name":"An","phone":"13900003333","org":["Office"]}]')
leader=$(id_of "$people" 1) member=$(id_of "$people" 2) third=$(id_of "$people" 3)
for person in $leader $member $third; do
    command placement.record "rows=[{\"person\":\"$person\",\"community_code\":\"320303001001\",\"state\":\"placed\",\"reasons\":\"exact\"}]" >/dev/null
done
command team.form "operation=$operation" >/dev/null
team=$("$muster" view team --db "$db" --csv | tail -n 1 | cut -d, -f1)
command team.confirm "team=$team" "leader=$leader" >/dev/null
command role_grant.add "person=$leader" role=leader scope=team "team=$team" >/dev/null
post=$(id_of "$(command post.import "rows=[{\"team\":\"$team\",\"name\":\"Gate\",\"kind\":\"gate\",\"outdoor\":false}]")")
shift_id=$(id_of "$(command shift.import "rows=[{\"operation\":\"$operation\",\"name\":\"Day\",\"kind\":\"day\",\"start_minute\":480,\"end_minute\":720}]")")
command need.import "rows=[{\"team\":\"$team\",\"post\":\"$post\",\"shift\":\"$shift_id\",\"starts_on\":\"$day\",\"starts_at\":$((at + 480 * 60000)),\"ends_at\":$((at + 720 * 60000)),\"min\":2,\"target\":2,\"limit\":3}]" >/dev/null
report "a team with a need"

job=$(id_of "$(command job.solve --as "$leader" "team=$team" "from_on=$day" "to_on=$day" seconds=5)")
again=$(command job.solve --as "$leader" "team=$team" "from_on=$day" "to_on=$day" seconds=5)
[ -n "$job" ] && [[ "$again" == "{\"id\":\"$job\",\"under_way\":true}" ]]
report "the leader asks for a roster; pressed twice it is one"
! command job.solve --as "$member" "team=$team" "from_on=$day" "to_on=$day" >/dev/null 2>&1
report "a member does not"
paper=$(id_of "$(command job.paper --as "$leader" paper=roster "team=$team" "from_on=$day" "to_on=$day")")
calls=$(id_of "$(command job.paper --as "$leader" paper=calls "team=$team" "from_on=$day" "to_on=$day")")
by_post=$(id_of "$(command job.paper --as "$leader" paper=by_post "team=$team")")
sheet=$(id_of "$(command job.paper --as "$leader" paper=sheet "team=$team" "from_on=$day" "to_on=$day")")
out=$(command job.paper paper=poem "team=$team" 2>&1) || [[ "$out" == *"no paper called"* ]]
report "a paper that is none"
out=$(command job.paper paper=slip 2>&1) || [[ "$out" == *"donation is missing"* ]]
report "a slip of nothing"
out=$(command job.paper paper=roster "team=$team" 2>&1) || [[ "$out" == *"from_on and to_on"* ]]
report "a roster of no days"
out=$("$muster" serve --db "$db" --jobs perhaps --lang en 2>&1) || [[ "$out" == *"on or off"* ]]
report "jobs are on or off"
came=$(id_of "$(command attendance.walk_in "post=$post" "person=$member" "by=$leader")")
command attendance.check_out "attendance=$came" >/dev/null && command attendance.confirm "attendance=$came" minutes=215 "by=$leader" >/dev/null
certificate=$(id_of "$(command certificate.issue "person=$member" "operation=$operation" issuer=Committee)")
command setting.set "scope=operation:$operation" name=contact "value=Committee 0000-0000018" >/dev/null && [ -n "$certificate" ]
report "a member with hours and a certificate for them"
leader_link=$("$muster" pass "$leader" --db "$db") member_link=$("$muster" pass "$member" --db "$db")

serve() {
    "$muster" serve --db "$db" --listen 127.0.0.1:0 "$@" >"$work/out" 2>"$work/log" &
    server=$!
    for _ in $(seq 200); do
        [ -s "$work/out" ] && break
        sleep 0.1
    done
    read -r address <"$work/out"
    address=${address%/}
}
stop() {
    kill -TERM "$server" && wait "$server"
    local status=$?
    server=
    : >"$work/out"
    return "$status"
}
get() { curl -s -D "$work/head" -o "$work/page" -w '%{http_code}' -b "$work/$1" -c "$work/$1" "${@:2}"; }

serve --jobs off
sleep 2
stop && "$muster" view job --db "$db" --csv "job=$job" | grep -q waiting
report "with --jobs off nothing is done"
serve
get leader -X POST -d 'digits=1111' "$address$leader_link" >/dev/null
get member -X POST -d '' "$address$member_link" >/dev/null
for _ in $(seq 120); do # papers come one after the other, the sheet last
    [ "$(get leader "$address/f/$sheet")" = 200 ] && break
    sleep 1
done
[ "$(get leader "$address/f/$paper")" = 200 ] && [ "$(head -c 5 "$work/page")" = %PDF- ] &&
    grep -qi '^content-type: application/pdf' "$work/head" && grep -qi '^cache-control: no-store' "$work/head" &&
    grep -qi "^content-disposition: inline; filename\*=UTF-8''" "$work/head"
report "the roster as PDF, under its name, kept by no cache"
[ "$(get leader "$address/f/$sheet")" = 200 ] && [ "$(head -c 2 "$work/page")" = PK ]
report "and as XLSX"
[ "$(get leader "$address/f/$by_post")" = 200 ] && [ "$(head -c 5 "$work/page")" = %PDF- ]
report "the roster by post, as offices print it"
[ "$(get member "$address/f/$calls")" = 404 ] && [ "$(get member "$address/f/$paper")" = 404 ] && [ "$(get nobody "$address/f/$paper")" = 403 ]
report "not for a member, and not for a stranger"
fields() { tr '>' '\n' <"$work/page" | sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" | head -1; }
get member "$address/p/certificate/$certificate?lang=en" >/dev/null
press() { get "$1" -X POST -d "form=$(fields form)&key=$(fields key)" "$address/p/certificate/$certificate/paper"; }
[ "$(press member)" = 303 ] && file=$(sed -n 's/^location: *\(\/f\/[0-9]*\).*/\1/pi' "$work/head") && [ -n "$file" ]
report "the member asks for the PDF of the own certificate"
for _ in $(seq 120); do
    [ "$(get member "$address$file")" = 200 ] && break
    sleep 1
done
[ "$(get leader "$address$file")" = 404 ] && [ "$(get member "$address$file")" = 200 ] &&
    pdftotext -layout "$work/page" "$work/text" && grep -q "Committee 0000-0000018" "$work/text" && grep -q "3.5 hours" "$work/text" &&
    "$muster" view certificate --db "$db" --csv | tail -n 1 >"$work/row" && grep -q "$(cut -d, -f2 "$work/row")" "$work/text" &&
    grep -q "$(cut -d, -f3 "$work/row")" "$work/text" && grep -q "Recorder *Lin" "$work/text" && [ "$(tr -d '\r' <"$work/row" | awk -F, '{print $NF}')" = 1 ]
report "it bears number, check code, contact and who recorded; it counts as printed once"
[ "$(get leader "$address/f/999999")" = 404 ] && [ "$(get leader "$address/f/x")" = 404 ] && [ "$(get leader "$address/f/../m.db")" = 404 ]
report "no other file"
sleep 1
stop
report "it stops in good order"
"$muster" view job --db "$db" --csv "job=$job" | grep -q ',done,' && "$muster" view roster --db "$db" --csv | grep -q draft
report "the roster is drafted"
"$muster" view audit --db "$db" --csv | grep roster.draft_solved | grep -q "$leader"
report "in the name of who asked"
"$muster" check --db "$db" >/dev/null
report "and the record is as it was written"
echo "1..$count"
exit "$failed"
