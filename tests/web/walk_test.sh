#!/usr/bin/env bash
# Every page that can be reached by a link, as each kind of person, in a real browser: both languages, light and dark,
# phone, tablet and desk; what axe-core finds is a failure. Pictures of them all: WALK_PICTURES=FOLDER.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d /tmp/muster-walk.XXXXXX)
served=
finish() {
    [ -z "$served" ] || { kill "$served" && wait "$served"; } 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
muster=build/release/muster
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)

. tests/report.sh
# $1: the city; $2: the moment. Leaves its address in $base.
serve() {
    [ -z "$served" ] || { kill "$served" && wait "$served"; } 2>/dev/null
    db=$work/$1/muster.db
    coproc SERVER { exec build/asan/muster serve --db "$db" --listen 127.0.0.1:0 --at "$2" 2>"$work/$1.log"; }
    served=$SERVER_PID
    read -r -t 60 base <&"${SERVER[0]}"
    base=${base%/}
}
ask() { sqlite3 -batch "$db" "$1"; }
digits() { ask "SELECT substr (phone, -4) FROM person WHERE id = $1"; }
# $1: who it is called; $2: person, or - for nobody; $3: password or -; the rest: where to begin
walk() {
    local who=$1 person=$2 password=$3 link=- last=-
    shift 3
    [ "$person" = - ] || { link=$("$muster" pass "$person" --db "$db" --renew) && last=$(digits "$person"); }
    node tests/node/walk.mjs "$folder" "$browser" "$base" "$who" "$link" "$last" "$password" "$work/seen" "$@" \
        ${WALK_PICTURES:+--pictures "$WALK_PICTURES"} >"$work/said" 2>&1
    local status=$?
    sed -E "s/^((not )?ok) [0-9]+ /\1 /" "$work/said" # TAP's numbers may be left out
    grep -q '^ok' "$work/said" && { [ $status -eq 0 ] || grep -q '^not ok' "$work/said"; }
    report "$who: the walk came to its end"
    grep -q '^not ok' "$work/said" && failed=1
}

folder=$(tools/node.sh)
report "npm has what the test asks for"
# The evening before: everybody has answered, rosters are to be made.
"$muster" demo -o "$work/eve" --eve --seed 1 >"$work/demo.log" 2>&1
report "a city on its eve"
serve eve 2020-02-07T14:00Z

team=$(ask "SELECT r.team_id FROM roster_gap g JOIN roster r ON r.id = g.roster_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
leader=$(ask "SELECT person_id FROM role_grant WHERE role = 'leader' AND team_id = $team")
community=$(ask "SELECT community_code FROM team WHERE id = $team")
secretary=$(ask "SELECT person_id FROM role_grant WHERE role = 'secretary' AND division_code = '$community'")
liaison=$(ask "SELECT person_id FROM role_grant WHERE role = 'liaison' ORDER BY id LIMIT 1")
volunteer=$(ask "SELECT d.person_id FROM duty d WHERE d.person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY d.id LIMIT 1")
commander=$(ask "SELECT person_id FROM role_grant WHERE role = 'commander' AND scope_kind = 'all' ORDER BY id LIMIT 1")
secret='a made-up password of the walk'
printf '%s\n' "$secret" | "$muster" password "$commander" --set --db "$db" >"$work/said" 2>&1
report "the commander has a password"
post=$(ask "SELECT post_id FROM need JOIN shift ON shift.id = need.shift_id WHERE need.team_id = $team LIMIT 1")
walk nobody - - / /o /o/verify "$("$muster" pass post "$post" --db "$db")" "$("$muster" pass team "$team" --db "$db")"
walk volunteer "$volunteer" - /p
walk leader "$leader" - /l /p
walk liaison "$liaison" - /l /p
walk secretary "$secretary" - /s /p
# Lists with a fault in each, as they are read before anything is written.
printf '姓名,手机号码,所在党支部,身份证号\n李敏,1390000,第一党支部,1\n王强,13900000131,同上,2\n' >"$work/dirty.csv"
printf '姓名,怎么找到本人\n周启明,13900000132\n' >"$work/strange.csv"
agency=$(ask "SELECT org_id FROM person WHERE id = $liaison")
token=$("$muster" command pass.issue kind=org "org=$agency" purpose=upload --as "$commander" --db "$db" | grep -o '"token": *"[^"]*"' | cut -d'"' -f4)
walk agency - - "/u/$token" "/u/$token=$work/dirty.csv"
walk commander "$commander" "$secret" /desk /p "/desk/import=$work/dirty.csv,$work/strange.csv" "/desk/import=$work/dirty.csv"
# The last evening: duties stood, hours approved, gifts, certificates, bulletins.
"$muster" demo -o "$work/week" --seed 1 >"$work/demo.log" 2>&1
report "a city after its weekend"
serve week 2020-02-09T02:00Z
volunteer=$(ask "SELECT person_id FROM certificate WHERE person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY id LIMIT 1")
printf '%s\n' "$secret" | "$muster" password "$commander" --set --db "$db" >"$work/said" 2>&1
report "the commander has a password there too"
walk "volunteer afterwards" "$volunteer" - /p
walk "leader afterwards" "$leader" - /l
walk "commander afterwards" "$commander" "$secret" /desk
exit "$failed"
