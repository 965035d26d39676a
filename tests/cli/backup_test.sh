#!/usr/bin/env bash
# muster backup and restore from outside: while served, sealed, altered, cut off, wrong passphrase, a full disk.
set -u
cd "$(dirname "$0")/../.."
muster=$PWD/build/asan/muster
work=$(mktemp -d /tmp/muster-backup.XXXXXX)
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
people() { "$muster" view person --db "$1" --count; }
same() { [ "$(people "$db")" = 2 ] && ! ls "$work"/*.restore* "$work"/*.part* >/dev/null 2>&1; }

"$muster" command person.import 'rows=[{"name":"Lin","phone":"13900001111"}]' --db "$db" >/dev/null
"$muster" pass "$(sqlite3 "$db" 'SELECT id FROM person')" --db "$db" >/dev/null # makes the key
echo 'a long passphrase of the city' >"$work/secret"
echo 'another' >"$work/wrong"
"$muster" serve --db "$db" --listen 127.0.0.1:0 >"$work/out" 2>/dev/null &
server=$!
for _ in $(seq 100); do
    [ -s "$work/out" ] && break
    sleep 0.1
done
"$muster" backup --db "$db" -o "$work/plain" >/dev/null && [ "$(stat -c %a "$work/plain")" = 600 ]
report "a backup while it is served"
[ -e "$db.backup" ]
report "leaves its mark for readyz"
"$muster" backup --db "$db" -o "$work/sealed" --passphrase-file "$work/secret" >/dev/null && ! grep -qa 'SQLite format' "$work/sealed"
report "a sealed one"
refuses "a backup is not written over" 2 "is there already" backup --db "$db" -o "$work/plain"
refuses "nothing is put back while it is served" 3 "Stop muster serve" restore "$work/plain" --db "$db"
kill -TERM "$server" && wait "$server"
server=
[ "$(people "$work/plain")" = 1 ] && "$muster" check --db "$work/plain" >/dev/null
report "the backup is a whole database"

"$muster" command person.import 'rows=[{"name":"Wang","phone":"13900002222"}]' --db "$db" >/dev/null
refuses "a sealed one wants its passphrase" 2 "is sealed" restore "$work/sealed" --db "$db"
refuses "a wrong passphrase" 2 "does not open" restore "$work/sealed" --db "$db" --passphrase-file "$work/wrong"
: >"$work/empty"
refuses "an empty passphrase" 2 "no passphrase in" restore "$work/sealed" --db "$db" --passphrase-file "$work/empty"
size=$(stat -c %s "$work/sealed")
for cut in 40 60 90 5000 $((size - 1)); do
    head -c "$cut" "$work/sealed" >"$work/cut"
    refuses "cut off after $cut bytes" 2 "cut off" restore "$work/cut" --db "$db" --passphrase-file "$work/secret"
done
cp "$work/sealed" "$work/altered" && printf '\377' | dd of="$work/altered" bs=1 seek=$((size / 2)) conv=notrunc status=none
refuses "one byte altered" 2 "was altered" restore "$work/altered" --db "$db" --passphrase-file "$work/secret"
cat "$work/sealed" - <<<x >"$work/longer"
refuses "something added" 2 "nothing was changed" restore "$work/longer" --db "$db" --passphrase-file "$work/secret"
head -c 20000 "$work/plain" >"$work/cut"
"$muster" restore "$work/cut" --db "$db" --lang en >"$work/said" 2>&1
[ $? -ne 0 ]
report "a plain one cut off"
cp "$work/plain" "$work/forged" && sqlite3 "$work/forged" "DROP TRIGGER IF EXISTS audit_no_update; UPDATE audit SET command = 'x.y'" 2>/dev/null
"$muster" restore "$work/forged" --db "$db" --lang en >"$work/said" 2>&1
[ $? -ne 0 ]
report "a record that was changed"
echo 'this is no database' >"$work/text"
"$muster" restore "$work/text" --db "$db" --lang en >"$work/said" 2>&1
[ $? -ne 0 ]
report "a file of another kind"
refuses "no backup" 2 "no file" restore "$work/nowhere" --db "$db"
(ulimit -f 100 && "$muster" restore "$work/plain" --db "$db" >"$work/said" 2>&1)
[ $? -eq 3 ]
report "a full disk while it is put back"
(ulimit -f 100 && "$muster" backup --db "$db" -o "$work/full" --lang en >"$work/said" 2>&1)
[ $? -eq 3 ] && [ ! -e "$work/full" ]
report "a full disk while it is made"
same
report "after all that the database is as it was, and nothing lies about"

"$muster" restore "$work/sealed" --db "$db" --passphrase-file "$work/secret" --lang en >"$work/said" && [ "$(people "$db")" = 1 ]
report "put back"
kept=$(ls "$db".before.* | head -n 1) && [ "$(people "$kept")" = 2 ]
report "what was there is kept"
! grep -q 'is missing' "$work/said"
report "the key is where it was"
"$muster" restore "$work/plain" --db "$work/new.db" --lang en >"$work/said" && grep -q 'key .* is missing' "$work/said" && [ "$(people "$work/new.db")" = 1 ]
report "on another machine it says what is lost without the key"
"$muster" command person.import 'rows=[{"name":"Zhao","phone":"13900003333"}]' --db "$work/new.db" >/dev/null && "$muster" check --db "$work/new.db" >/dev/null
report "and work goes on, with one chain"
"$muster" restore "$work/sealed" --plain "$work/again" --passphrase-file "$work/secret" && [ "$(people "$work/again")" = 1 ]
report "unsealed alone"
refuses "nowhere to go" 2 "where the backup goes" backup --db "$db"
refuses "which backup" 2 "which backup" restore --db "$db"
refuses "a server's database" 2 "pg_restore" restore "$work/plain" --db postgresql://h/d
if [ -n "${MUSTER_TEST_PG:-}" ] && command -v pg_dump >/dev/null; then
    base=muster_backup_$$
    url=${MUSTER_TEST_PG%/*}/$base
    psql -q "$MUSTER_TEST_PG" -c "CREATE DATABASE $base" &&
        "$muster" command person.import 'rows=[{"name":"Lin","phone":"13900001111"}]' --db "$url" >/dev/null &&
        "$muster" backup --db "$url" -o "$work/dump" >/dev/null && pg_restore --list "$work/dump" | grep -q 'TABLE DATA public person '
    report "of a database server by pg_dump"
    psql -q "$MUSTER_TEST_PG" -c "DROP DATABASE $base"
fi
echo "1..$count"
exit "$failed"
