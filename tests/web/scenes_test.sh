#!/usr/bin/env bash
# A Friday evening and a Saturday morning as people play them: a browser without any script, and what then stands in the
# database.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d /tmp/muster-scenes.XXXXXX)
served=
stop() { [ -z "$served" ] || { kill "$served" && wait "$served"; } 2>/dev/null; }
trap 'stop; rm -rf "$work"' EXIT
muster=build/release/muster
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
db=$work/city/muster.db

. tests/report.sh
ask() { sqlite3 -batch "$db" "$1"; }
serve() { # the moment
    stop
    coproc SERVER { exec build/asan/muster serve --db "$db" --listen 127.0.0.1:0 --at "$1" 2>"$work/log"; }
    served=$SERVER_PID
    read -r -t 60 base <&"${SERVER[0]}"
}
link() { "$muster" pass "$@" --db "$db"; }
secret='a made-up password of the scenes'
who() { # person: her link, digits, name
    printf '{"person":%s,"link":"%s","last4":"%s","name":"%s","duty":%s,"password":"%s"}' "$1" "$(link "$1" --renew)" \
        "$(ask "SELECT substr (phone, -4) FROM person WHERE id = $1")" "$(ask "SELECT name FROM person WHERE id = $1")" \
        "$(ask "SELECT coalesce (min (id), 0) FROM duty WHERE person_id = $1 AND starts_on = '$day' AND state = 'planned'")" "$secret"
}
play() {
    node tests/node/scenes.mjs "$folder" "$browser" "$work/facts" "$1" >"$work/said" 2>&1
    local status=$?
    sed -E 's/^((not )?ok) [0-9]+ /\1 /' "$work/said"
    grep -q '^ok' "$work/said" && { [ $status -eq 0 ] || grep -q '^not ok' "$work/said"; }
    report "the $1 came to its end"
    grep -q '^not ok' "$work/said" && failed=1
}

folder=$(tools/node.sh)
report "npm has what the test asks for"
"$muster" demo -o "$work/city" --eve --seed 1 >"$work/demo" 2>&1
report "a city on its eve"
serve 2020-02-07T14:00Z
day=2020-02-08
silent=$(ask "SELECT person_id FROM notice WHERE state = 'sent' ORDER BY id LIMIT 1")
agency=$(ask "SELECT org_id FROM person WHERE id = $silent")
liaison=$(ask "SELECT liaison_id FROM notice WHERE state = 'sent' AND liaison_id <> person_id AND liaison_id NOT IN (SELECT liaison_id FROM notice WHERE person_id = $silent) ORDER BY id LIMIT 1")
# The morning is played by a team with three people at one post.
need=$(ask "SELECT need_id FROM duty d JOIN need n ON n.id = d.need_id WHERE d.state = 'planned' AND d.starts_on = '$day' GROUP BY 1 HAVING count(*) > 3 ORDER BY min (d.starts_at), 1 LIMIT 1")
post=$(ask "SELECT post_id FROM need WHERE id = $need") team=$(ask "SELECT team_id FROM need WHERE id = $need")
at_post() { ask "SELECT person_id FROM duty WHERE need_id = $need AND state = 'planned' AND person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY id LIMIT 1 OFFSET $1"; }
due=$(at_post 0) comes=$(at_post 1) ill=$(at_post 2)
leader() { ask "SELECT person_id FROM role_grant WHERE role = 'leader' AND team_id = $1"; }
volunteer=$(ask "SELECT d.person_id FROM duty d JOIN need n ON n.id = d.need_id WHERE d.starts_on = '$day' AND n.team_id <> $team AND d.person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY d.id LIMIT 1")
for commander in 1 2; do printf '%s\n' "$secret" | "$muster" password "$commander" --set --db "$db" >"$work/said" 2>&1 || failed=1; done
cat >"$work/facts" <<FACTS
{"base": "$base", "day": "$day", "team": $team, "need": $need, "ill": $(who "$ill"), "group": "$(link org "$agency")", "silent": $(who "$silent"), "liaison": $(who "$liaison"),
 "leader": $(who "$(leader "$team")"), "volunteer": $(who "$volunteer"), "commander": $(who 1), "second": $(who 2)}
FACTS
calls=$(ask "SELECT count(*) FROM notice WHERE state = 'answered'")
play evening
[ "$(ask "SELECT n.answer || a.answer || a.by_id FROM notice n JOIN notice_answer a ON a.notice_id = n.id WHERE n.person_id = $silent")" = "cancan$silent" ]
report "her answer is kept"
[ "$(ask "SELECT count(*) FROM notice WHERE state = 'answered'")" -eq $((calls + 2)) ]
report "two have answered, once each"
[ "$(ask "SELECT drafted_by || ' ' || released_by FROM call_order ORDER BY id DESC LIMIT 1")" = "1 2" ]
report "the order is out"

serve 2020-02-07T23:50Z
cat >"$work/facts" <<FACTS
{"base": "$base", "team": $team, "post": "$(link post "$post")", "due": $(who "$due"), "comes": $(who "$comes"), "leader": $(who "$(leader "$team")")}
FACTS
play morning
[ "$(ask "SELECT count(*) FROM attendance a JOIN duty d ON d.id = a.duty_id WHERE d.person_id IN ($due, $comes) AND d.need_id = $need")" -eq 2 ]
report "both are at their post, once each"
[ "$(ask "SELECT count(*) FROM duty WHERE need_id = $need AND state = 'planned'")" -eq 0 ]
report "nobody is waited for any more"
exit "$failed"
