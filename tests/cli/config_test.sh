#!/usr/bin/env bash
# Settings of muster serve and muster init from outside: which place wins, what is refused, what a new city begins with.
set -u
cd "$(dirname "$0")/../.."
muster=$PWD/build/asan/muster
work=$(mktemp -d /tmp/muster-config.XXXXXX)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
refuses() { # what, status, part of the message, arguments...
    local what=$1 want=$2 part=$3 out status
    shift 3
    out=$("$muster" "$@" --lang en 2>&1)
    status=$?
    [ "$status" -eq "$want" ] && [[ "$out" == *"$part"* ]] || { echo "# $status: $out"; false; }
    report "$what"
}
conf() { printf '%s\n' "$@" >"$work/m.conf"; }
says() { "$muster" serve --check-config --lang en "$@" >"$work/said" 2>&1; }

says && grep -qx 'listen = 127.0.0.1:8080  # default' "$work/said" && grep -qx 'disk_floor_mb = 200  # default' "$work/said"
report "nothing is required"
conf '# a comment' '' 'db = /tmp/a.db' '  idle_ms=5000'
says --config "$work/m.conf" && grep -qx "idle_ms = 5000  # $work/m.conf:4" "$work/said" && grep -qx "db = /tmp/a.db  # $work/m.conf:3" "$work/said"
report "the file, with its line"
MUSTER_IDLE_MS=6000 says --config "$work/m.conf" && grep -qx 'idle_ms = 6000  # MUSTER_IDLE_MS' "$work/said"
report "the environment before the file"
MUSTER_IDLE_MS=6000 says --config "$work/m.conf" --idle-ms 7000 && grep -qx 'idle_ms = 7000  # --idle-ms' "$work/said"
report "the command line before both"
MUSTER_CONFIG=$work/m.conf says && grep -q 'idle_ms = 5000' "$work/said"
report "the file by its variable"
echo 'postgresql://u:secret@h/d' >"$work/url"
MUSTER_DB_FILE=$work/url says && grep -qx 'db = …  # MUSTER_DB_FILE' "$work/said" && ! grep -q secret "$work/said"
report "a secret comes from a file and is not shown"
conf 'lisen = 0.0.0.0:1'
refuses "an unknown key" 2 "m.conf:1: there is no setting “lisen”" serve --check-config --config "$work/m.conf"
conf '' 'loops = 99'
refuses "a number out of range" 2 "m.conf:2: loops cannot be “99”.
Write a whole number from 1 to 16" serve --check-config --config "$work/m.conf"
conf 'loops'
refuses "a line that is none" 2 "m.conf:1: this line is no setting" serve --check-config --config "$work/m.conf"
conf 'loops = 1' 'loops = 2'
refuses "a key twice" 2 "m.conf:2: “loops” stands in $work/m.conf:1 already" serve --check-config --config "$work/m.conf"
conf 'proxy ='
refuses "an empty value" 2 "m.conf:1: proxy is empty" serve --check-config --config "$work/m.conf"
conf 'jobs = maybe'
refuses "a switch" 2 "Write on or off" serve --check-config --config "$work/m.conf"
refuses "an address" 2 "ADDRESS:PORT" serve --check-config --listen here
refuses "a time" 2 "UTC" serve --check-config --at yesterday
refuses "a file that is not there" 2 "nowhere.conf" serve --check-config --config "$work/nowhere.conf"
refuses "a flag that is none" 2 "--lisen" serve --check-config --lisen x
"$muster" serve --help --lang en >"$work/said" && [ "$(grep -c '^  [a-z_]*' "$work/said")" -ge 21 ] && grep -q 'backup_max_hours = 0 (0-10000)' "$work/said"
report "the table in the help"

init() { "$muster" init --db "$work/m.db" --lang en "$@"; }
init --name Lin --phone 13900001111 --base https://a.example >"$work/said" && grep -q 'Link: https://a.example/p/' "$work/said" &&
    grep -qE 'One-time code: [A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}' "$work/said"
report "a new city begins with a commander, a link and a code"
[ "$("$muster" view role_grant --db "$work/m.db" --csv 2>/dev/null | grep -c all)" -le 1 ] && "$muster" check --db "$work/m.db" >/dev/null
report "and its record is whole"
before=$(sqlite3 "$work/m.db" .dump | cksum)
refuses "never twice" 2 "people in $work/m.db already" init --db "$work/m.db" --name Wang --phone 13900002222
[ "$(sqlite3 "$work/m.db" .dump | cksum)" = "$before" ]
report "what was there is as it was"
refuses "nobody's name" 2 "who the first commander is" init --db "$work/n.db" --phone 13900001111
refuses "no telephone" 2 "too short" init --db "$work/n.db" --name Lin --phone 12
refuses "another mode" 2 "real or a drill" init --db "$work/n.db" --name Lin --phone 13900001111 --mode play
[ ! -e "$work/n.db" ]
report "what was refused made no file"
person=$(sqlite3 "$work/m.db" 'SELECT id FROM person')
code=$("$muster" password "$person" --db "$work/m.db") && [[ "$code" =~ ^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$ ]]
report "a code for who lost the password"
echo 'correct horse battery' | "$muster" password "$person" --db "$work/m.db" --set && sqlite3 "$work/m.db" 'SELECT hash FROM login' | grep -q '^\$argon2id\$'
report "a password set on the machine"
echo short | refuses "a short password" 2 "at least 10" password "$person" --db "$work/m.db" --set
refuses "the password of nobody" 2 "whose password" password --db "$work/m.db"
refuses "of somebody unknown" 2 "no person with the number 999999" password 999999 --db "$work/m.db"
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$work" && mkdir "$work/city" && cp "$work/m.db" "$work/m.db.key" "$work/city" && chown -R nobody "$work/city"
    # whoever gave up being root cannot be looked into: no search for leaks
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 "$muster" command person.import 'rows=[{"name":"Wang","phone":"13900002222"}]' --db "$work/city/m.db" >/dev/null &&
        [ -z "$(find "$work/city" ! -user nobody)" ]
    report "root acts as the owner of the database: no file is root's"
fi
echo "1..$count"
exit "$failed"
