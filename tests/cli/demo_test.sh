#!/usr/bin/env bash
# The weekend of the demo: its figures hold, each lists its records, and the same seed gives the same rows.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
other=$PWD/build/release/muster # built with other flags: it plays the same, and reads the lists faster
[ -x "$other" ] || other=$muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
"$muster" demo -o "$work/one" --seed 7 > "$work/log" 2>&1 &
first=$!
"$other" demo -o "$work/two" --seed 7 > "$work/log2" 2>&1
wait $first
report $? "muster demo plays from Friday to Friday"
"$muster" bulletin --db "$work/one/muster.db" --json > "$work/bulletin.json" 2> "$work/log"
cmp "$work/bulletin.json" "$work/one/bulletin.json" > "$work/log" 2>&1
report $? "muster bulletin gives what the demo wrote"

value_of() { # figure, as the JSON has it
    grep -o "\"name\":\"$1\",\"value\":[0-9.]*" "$work/bulletin.json" | sed 's/.*://'
}
holds() { # figure, test, number
    local value
    value=$(value_of "$1")
    echo "$1 is '$value'" > "$work/log"
    [ -n "$value" ] && [ "${value%.*}" "$2" "$3" ]
    report $? "$1 is ${value:-missing} ($2 $3)"
}
holds order_number -eq 2
holds communities -eq 46
holds team_leaders -eq 11
holds liaison_members -eq 33
holds person_times -gt 100
holds on_post_before_8 -ge 3
holds joined_unlisted -gt 10
holds largest_team -gt 100
holds branches_of_largest_team -eq 5
holds night_streak_days -eq 7
holds largest_gift_yuan -eq 2000
holds donors -gt 120
holds donated_yuan -gt 30000
parts=$(($(value_of can) + $(value_of hindered) + $(value_of cannot) + $(value_of silent) + $(value_of unreachable)))
echo "$parts" > "$work/log"
[ "$parts" -eq "$(value_of called)" ]
report $? "the answers and the silent make up all who were called"

list() { # view, arguments
    "$other" view "$1" --db "$work/one/muster.db" --csv "${@:2}" | tail -n +2
}
bulletin=$(list bulletin | cut -d, -f1)
list bulletin_figure "bulletin=$bulletin" | tr -d '\r' > "$work/figures"
: > "$work/wrong"
while IFS=, read -r name kind view args value records; do
    read -ra words <<< "$args"
    count=$(list "$view" "${words[@]}" | wc -l)
    [ "$count" -eq "$records" ] && { [ "$kind" != count ] || [ "$count" -eq "$value" ]; } && continue
    echo "$name is $value of $records records; its view lists $count" >> "$work/wrong"
done < "$work/figures"
cp "$work/wrong" "$work/log"
[ ! -s "$work/wrong" ] && [ "$(wc -l < "$work/figures")" -gt 40 ]
report $? "each figure lists its records"

rows() { # folder: every list of the weekend
    for v in person org team post shift need roster_duty notice message attendance_valid donation_entry join_request unit_in_force \
        reinforcement_person certificate audit; do
        "$other" view $v --db "$work/$1/muster.db" --csv $([ $v = donation_entry ] && echo operation="$operation")
    done
}
operation=$(list operation | cut -d, -f1)
rows one > "$work/rows1" 2> "$work/log" && rows two > "$work/rows2" && [ "$(wc -l < "$work/rows1")" -gt 5000 ] &&
    cmp "$work/rows1" "$work/rows2" >> "$work/log" 2>&1
report $? "the same seed gives the same rows"
served=$(list hours_person operation="$operation" | cut -d, -f4 | grep -vc '^0$')
list certificate | wc -l > "$work/log"
[ "$served" -gt 100 ] && [ "$(list certificate | wc -l)" -eq "$served" ] && [ "$(list roster | grep -c ',published,')" -eq 46 ]
report $? "rosters were published, and whoever served has a certificate"

list place_rule > "$work/log"
[ "$(wc -l < "$work/log")" -eq 3 ] && [ "$(list place_queue | wc -l)" -eq 0 ] && ! cut -d, -f5 "$work/log" | grep -qx ''
report $? "what the engine doubted was decided by somebody"
list audit | cut -d, -f4,6 > "$work/acts"
grep '^,' "$work/acts" | grep -Evx ',(message\.(take|settle_many|settle|receipt)|person\.import|role_grant\.add)' > "$work/log"
[ ! -s "$work/log" ] && [ "$(grep -cx ',role_grant.add' "$work/acts")" -eq 1 ] && [ "$(grep -cx ',person.import' "$work/acts")" -eq 1 ]
report $? "after the first grant only the machine's own jobs have no actor"
[ "$(cut -d, -f1 "$work/acts" | sort -u | wc -l)" -gt 500 ]
report $? "hundreds of people act by their own rights"
# Columns of roster_duty: 3 team, 4 day, 5 shift, 9 post, 12 name.
list roster_duty > "$work/duties"
stands() { awk -F, -v name="$1" '$12 == name { print $4, $5, $9 }' "$work/duties" | sort; }
list person_pair > "$work/log"
medic=$(list person_skill | cut -d, -f2) spouse=$(list person_pair | grep not_both | tr , '\n' | grep -vx "$medic" | grep -E '^[^0-9a-z_]+$' | head -1)
clinic=$(awk -F, -v name="$medic" '$12 == name { print $9 }' "$work/duties" | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
{ echo "$medic, $spouse, $clinic"; stands "$medic"; echo; stands "$spouse"; } > "$work/log"
[ -n "$spouse" ] && [ "$(stands "$medic" | grep -c "$clinic")" -ge 4 ] && [ -n "$(stands "$spouse")" ] &&
    [ -z "$(comm -12 <(stands "$medic" | cut -d' ' -f1,2) <(stands "$spouse" | cut -d' ' -f1,2))" ]
report $? "the medic stands where one is wanted, and never while her spouse does"
list care_rule > "$work/log"
careful=$(grep no_outdoor "$work/log" | cut -d, -f3) owl=$(grep nights_agreed "$work/log" | cut -d, -f3)
[ -n "$(stands "$careful")" ] && [ -z "$(stands "$careful" | grep -v "$clinic")" ]
report $? "whoever keeps out of the cold stands indoors alone"
id=$(grep nights_agreed "$work/log" | cut -d, -f2)
[ "$(stands "$owl" | wc -l)" -eq 7 ] && list audit | grep -q "^[0-9]*,[0-9]*,[^,]*,$id,$id,care_rule.set,"
report $? "seven nights stand in the roster, by the person's own word"
list reinforcement_person > "$work/lent"
borrower=$(cut -d, -f7 "$work/lent" | sort -u)
list roster_gap | grep -c "$borrower" > "$work/log"
[ "$(cat "$work/log")" -gt 0 ] && [ "$(wc -l < "$work/lent")" -gt 0 ] &&
    [ -z "$(cut -d, -f3 "$work/lent" | while read -r who; do
        awk -F, -v name="$who" -v team="$borrower" '$12 == name && ($3 == team) != ($4 >= "2020-02-09" && $4 <= "2020-02-14")' "$work/duties"
    done)" ]
report $? "a team that was short is lent members, who stand there on their days alone"
"$other" paper certificate --certificate "$(list certificate | head -1 | cut -d, -f1)" --contact Office --db "$work/one/muster.db" -o "$work/again.pdf" > "$work/log" 2>&1
[ $? -eq 0 ] && [ -s "$work/again.pdf" ] && [ -s "$work/one/bulletin.pdf" ] && [ -s "$work/one/appeal.pdf" ] && [ -s "$work/one/request.pdf" ] &&
    [ "$(find "$work/one/slips" -name '*.pdf' | wc -l)" -gt 0 ] && [ "$(stat -c %a "$work/one/muster.db.key")" = 600 ] &&
    [ "$(find "$work/one/certificates" -name '*.pdf' | wc -l)" -eq 12 ]
report $? "papers can be made with the key that lies beside the database"
diff -r --exclude='muster.db*' "$work/one" "$work/two" > "$work/log" 2>&1 && [ "$(find "$work/one/teams" -name '*.pdf' | wc -l)" -ge 20 ]
report $? "the same seed gives the same papers, to the byte"
if [ -n "${MUSTER_TEST_PG:-}" ]; then
    psql=$(ls -d /usr/lib/postgresql/*/bin/psql | sort -V | tail -n 1) base=muster_demo_$$
    url=${MUSTER_TEST_PG%/*}/$base
    "$psql" -q "$MUSTER_TEST_PG" -c "CREATE DATABASE $base ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0" > "$work/log" 2>&1
    "$other" demo -o "$work/three" --seed 7 --db "$url" > "$work/log" 2>&1
    report $? "it plays on PostgreSQL"
    # an id is lane x 2^40 + counter, and the lane is the engine's affair; sums of money and times are no ids;
    # a certificate's number holds one, so it is signed otherwise there and has another check code
    dump() { # database
        local op
        op=$("$other" view operation --db "$1" --csv | sed -n 2p | cut -d, -f1)
        for v in person org team post shift need roster_duty notice message attendance_valid donation_entry join_request unit_in_force \
            reinforcement_person certificate; do
            case $v in donation_entry) "$other" view $v --db "$1" --csv operation="$op" ;; *) "$other" view $v --db "$1" --csv ;; esac
        done | perl -pe 's/(?<!\d)(\d{13})(?!\d)/($1 % 1099511627776) < 10000000 ? $1 % 1099511627776 : $1/ge; s/^(\d+,\d{4}-\d+-\d{6}),[0-9a-f]{8},/$1,,/'
    }
    dump "$work/two/muster.db" > "$work/rows1" # nothing was printed from it since
    dump "$url" > "$work/rows3"
    [ "$(wc -l < "$work/rows1")" -gt 5000 ] && cmp "$work/rows1" "$work/rows3" > "$work/log" 2>&1
    report $? "both stores hold the same rows in the same order"
    # a certificate bears the id of its operation, and so do the lists of machines
    diff -rq --exclude='muster.db*' --exclude='*.csv' --exclude='*.json*' --exclude=certificates "$work/one" "$work/three" > "$work/log" 2>&1
    report $? "both give the same rosters, call lists and bulletin, to the byte"
    "$other" demo -o "$work/four" --db "$url" > "$work/log" 2>&1
    [ $? -ne 0 ]
    report $? "a server that holds an operation is left alone"
    "$psql" -q "$MUSTER_TEST_PG" -c "DROP DATABASE $base WITH (FORCE)" > "$work/log" 2>&1
fi
"$muster" check --db "$work/one/muster.db" > "$work/log" 2>&1
report $? "its audit chain holds"
"$muster" demo -o "$work/one" > "$work/log" 2>&1
[ $? -ne 0 ] && grep -q "muster.db" "$work/log"
report $? "a demo overwrites nothing"
"$muster" demo > "$work/log" 2>&1
[ $? -eq 2 ]
report $? "a demo without a folder is refused"
echo "1..$count"
