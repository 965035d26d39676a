#!/usr/bin/env bash
# The weekend of the demo: its figures hold, each lists its records, and the same seed gives the same rows.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
report() { # 0 or 1, name
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$work/log"; fi
}
"$muster" demo -o "$work/one" --seed 7 > "$work/log" 2>&1 &
first=$!
"$muster" demo -o "$work/two" --seed 7 > "$work/log2" 2>&1
wait $first
report $? "muster demo plays from Friday to Friday"
"$muster" bulletin --db "$work/one/muster.db" --json > "$work/bulletin.json" 2> "$work/log"
cmp "$work/bulletin.json" "$work/one/bulletin.json" > "$work/log" 2>&1
report $? "muster bulletin gives what the demo wrote"

cat > "$work/figures.py" <<'PY'
import csv, io, json, subprocess, sys
muster, work = sys.argv[1:]
db = work + '/one/muster.db'
figures = json.load(open(work + '/bulletin.json'))['figures']
wanted = {'order_number': '== 2', 'communities': '== 46', 'team_leaders': '== 11', 'liaison_members': '== 33',
          'person_times': '> 100', 'on_post_before_8': '>= 3', 'joined_unlisted': '> 10', 'largest_team': '> 100',
          'branches_of_largest_team': '== 5', 'night_streak_days': '== 7', 'largest_gift_yuan': '== 2000',
          'donors': '> 120', 'donated_yuan': '> 30000'}
def records(f):
    out = subprocess.run([muster, 'view', f['view'], '--db', db, '--csv', *f['args']], capture_output=True, check=True)
    return list(csv.reader(io.StringIO(out.stdout.decode('utf-8-sig'))))[1:]
have = {f['name']: f for f in figures}
for name, rule in wanted.items():
    value = have[name]['value'] if name in have else None
    good = value is not None and eval(f'{value} {rule}')
    print('ok' if good else 'not ok', f'{name} is {value}, wanted {rule}')
counts = [f for f in figures if f['kind'] == 'count']
for f in counts:
    rows = len(records(f))
    if rows != f['value']:
        print('not ok', f"{f['name']} says {f['value']} and lists {rows} records")
for f in figures:
    if f['kind'] != 'count' and f['value'] and not records(f):
        print('not ok', f"{f['name']} has no records")
parts = [have[x]['value'] for x in ('can', 'hindered', 'cannot', 'silent', 'unreachable')]
print('ok' if sum(parts) == have['called']['value'] else 'not ok', f"{parts} make up {have['called']['value']}")
print('ok' if len(counts) > 20 else 'not ok', f'{len(counts)} figures counted by their records')
PY
python3 "$work/figures.py" "$muster" "$work" > "$work/figures" 2> "$work/log"
report $? "the figures of the bulletin can be read"
while read -r line; do
    [ "${line%%not*}" = "$line" ] || { report 1 "${line#not ok }"; continue; }
    report 0 "${line#ok }"
done < "$work/figures"

rows() { # folder: every list of the weekend
    for v in person org team post shift need roster_duty notice message attendance_valid donation_entry join_request unit_in_force \
        reinforcement_person certificate audit; do
        "$muster" view $v --db "$work/$1/muster.db" --csv $([ $v = donation_entry ] && echo operation="$operation")
    done
}
operation=$("$muster" view operation --db "$work/one/muster.db" --csv | tail -n 1 | cut -d, -f1)
rows one > "$work/rows1" 2> "$work/log" && rows two > "$work/rows2" && [ "$(wc -l < "$work/rows1")" -gt 5000 ] &&
    cmp "$work/rows1" "$work/rows2" >> "$work/log" 2>&1
report $? "the same seed gives the same rows"
diff -r --exclude='muster.db*' "$work/one" "$work/two" > "$work/log" 2>&1 && [ "$(find "$work/one/teams" -name '*.pdf' | wc -l)" -ge 20 ]
report $? "the same seed gives the same papers, to the byte"
"$muster" check --db "$work/one/muster.db" > "$work/log" 2>&1
report $? "its audit chain holds"
"$muster" demo -o "$work/one" > "$work/log" 2>&1
[ $? -ne 0 ] && grep -q "muster.db" "$work/log"
report $? "a demo overwrites nothing"
"$muster" demo > "$work/log" 2>&1
[ $? -eq 2 ]
report $? "a demo without a folder is refused"
echo "1..$n"
