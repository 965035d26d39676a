#!/usr/bin/env bash
# Rules of a roster set by commands and obeyed by the next muster plan; needs, shifts and people that cannot be used.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
cat > "$work/divisions.csv" <<'END'
code,name,street_code,street,district_code,district
320303001001,东塘社区,320303001,柳堤街道,320303,云龙区
320303001002,西塘社区,320303001,柳堤街道,320303,云龙区
END
cat > "$work/gazetteer.csv" <<'END'
community_code,type,name
320303001001,compound,桃溪花园
320303001002,compound,梅岭新村
END
{
    echo 姓名,手机,住址
    for i in $(seq 10 21); do echo "东员$i,139000000$i,东塘社区桃溪花园$i号楼"; done
    for i in $(seq 10 15); do echo "西员$i,138000000$i,西塘社区梅岭新村$i号楼"; done
} > "$work/people.csv"
head_of_needs=社区,点位,班次,人数,日期
{
    echo $head_of_needs
    echo '东塘社区,南门,"8:00-12:00，20:00-24:00",3,2.8-2.14'
    echo '西塘社区,东门,8:00-12:00,2,2.8-2.14'
} > "$work/needs.csv"
db=$work/out/muster.db
plan() { # needs, folder, more ...
    local needs=$1 to=$2
    shift 2
    "$muster" plan "$work/people.csv" "$needs" --divisions "$work/divisions.csv" --gazetteer "$work/gazetteer.csv" \
        --from 2020-02-08 --steps 4000 -o "$to" "$@" > "$work/log" 2>&1
}
view() { "$muster" view "$@" --db "$db" --csv | tr -d '\r' | sed 1d; }
command() { "$muster" command "$@" --db "$db" >> "$work/log" 2>&1; }
person() { view person | awk -F, -v name="$1" '$0 ~ name { print $1; exit }'; } # name -> id
# what a person stands: day/shift/post, one a line
duties() { view roster_duty | awk -F, -v name="$1" '$12 == name { print $4 "/" $5 "/" $9 }' | sort; }
# how many nights who stands, most first
by_nights() { view roster_duty | awk -F, '/20:00/ { k[$12]++ } END { for (n in k) print k[n], n }' | sort -rn; }
nights() { duties "$1" | grep -c 20:00; }

plan "$work/needs.csv" "$work/out"
report $? "a small plan"
view roster_duty > "$work/log"
[ "$(wc -l < "$work/log")" -eq 56 ]
report $? "everybody who is needed stands"

# care: whoever stands the most nights is spared them
owl=$(by_nights | awk 'NR == 1 { print $2 }')
command care_rule.set person="$(person "$owl")" rule=no_night value=1
plan "$work/needs.csv" "$work/out" && [ "$(nights "$owl")" -eq 0 ]
report $? "a person spared the nights stands none"
grep 与上次相比 "$work/log" | grep -q "去$owl" && [ -s "$work/out/变动.xlsx" ]
report $? "the plan names who is to be told"
view roster_change | grep -q "removed.*$owl"
report $? "the view needs no number at all"

# two who stood together once: always, then never
read -r one other < <(view roster_duty | grep 08:00 | grep 南门 | awk -F, '{ d[$4] = d[$4] " " $12 } END { for (k in d) { print d[k]; exit } }')
other=${other%% *}
command person_pair.set operation=1 a="$(person "$one")" b="$(person "$other")" kind=together
plan "$work/needs.csv" "$work/out" &&
    diff <(duties "$one" | cut -d/ -f1,2) <(duties "$other" | cut -d/ -f1,2) >> "$work/log" && [ -n "$(duties "$one")" ]
report $? "a pair told to stand together does ($one, $other)"
command person_pair.drop operation=1 a="$(person "$one")" b="$(person "$other")"
command person_pair.set operation=1 a="$(person "$one")" b="$(person "$other")" kind=apart
plan "$work/needs.csv" "$work/out" && [ -z "$(comm -12 <(duties "$one" | cut -d/ -f1,2) <(duties "$other" | cut -d/ -f1,2))" ]
report $? "a pair kept apart stands on no shift together"
rosters=$(view roster)
plan "$work/needs.csv" "$work/out" && [ "$rosters" = "$(view roster)" ]
report $? "the same rules again change nothing"

# two of different teams, kept apart: 8:00-12:00 is all the second team has
west=西员10
command person_pair.set operation=1 a="$(person "$one")" b="$(person $west)" kind=not_both
plan "$work/needs.csv" "$work/out" && [ -z "$(comm -12 <(duties "$one" | cut -d/ -f1,2) <(duties $west | cut -d/ -f1,2))" ]
report $? "a pair of two teams is not on duty at once"

# settings: a team before its operation
team=$(view team | awk -F, '/东塘/ { print $1 }')
command setting.set scope=operation:1 name=roster.nights value=1
plan "$work/needs.csv" "$work/out"
by_nights > "$work/log"
[ "$(by_nights | awk 'NR == 1 { print $1 }')" -eq 1 ]
report $? "the operation allows one night in 7 days"
[ "$("$muster" view roster_gap --db "$db" --count)" -gt 0 ]
report $? "what is short then has its reason"
command setting.set scope=team:"$team" name=roster.nights value=3
plan "$work/needs.csv" "$work/out"
by_nights > "$work/log"
[ "$(by_nights | awk 'NR == 1 { print $1 }')" -gt 1 ]
report $? "the team allows more"
command setting.set scope=team:"$team" name=roster.day_hours value=25
[ $? -eq 2 ] && grep -q 24 "$work/log"
report $? "25 hours a day are refused with the bounds"
"$muster" command setting.set --db "$db" scope=team:"$team" name=roster.hours value=8 > "$work/log" 2>&1
[ $? -eq 2 ] && grep -q roster.day_hours "$work/log"
report $? "an unknown setting is answered with the known ones"
# weekdays, weekends, holidays: the more exact row counts, wherever it stands
{
    echo $head_of_needs
    echo '东塘社区,南门,8:00-12:00,1,2月11日'
    echo '东塘社区,南门,8:00-12:00,2,工作日'
    echo '东塘社区,南门,8:00-12:00,3,周末'
    echo '东塘社区,南门,8:00-12:00,4,节假日'
    echo '西塘社区,东门,8:00-12:00,2,周一至周三'
} > "$work/kinds.csv"
counts() { "$muster" view need --db "$1" --csv | tr -d '\r' | awk -F, '/南门/ { printf "%s ", $11 }'; }
plan "$work/kinds.csv" "$work/kinds" --set calendar.holidays=2020-02-10 --set calendar.workdays=2020-02-09
[ $? -eq 0 ] && counts "$work/kinds/muster.db" > "$work/log" && [ "$(cat "$work/log")" = "3 2 4 1 2 2 2 " ]
report $? "a holiday, a weekend day that is worked and a date differ"
"$muster" view need --db "$work/kinds/muster.db" --csv > "$work/log"
[ "$(grep -c 东门 "$work/log")" -eq 3 ]
report $? "Monday to Wednesday are three days"
plan "$work/kinds.csv" "$work/kinds" && [ "$(counts "$work/kinds/muster.db")" = "3 2 4 1 2 2 2 " ]
report $? "the days off are remembered"
sed -i '/周一至周三/s/周一至周三/周一/' "$work/kinds.csv"
plan "$work/kinds.csv" "$work/kinds" && grep -q 去西员 "$work/log" &&
    [ "$("$muster" view roster_duty --db "$work/kinds/muster.db" --csv | grep -c 东门)" -eq 2 ]
report $? "what a sheet no longer asks is given up, and told"
plan "$work/kinds.csv" "$work/bad" --set calendar.holidays=soon
[ $? -eq 2 ] && grep -q calendar.holidays "$work/log" && [ ! -e "$work/bad" ]
report $? "days off that are no days are refused before anything is written"

# rows that cannot be used: named by sheet, row and column, the others are planned
{
    echo $head_of_needs
    echo '东塘社区,南门,8:00-12:00,5-3人,2.8'
    echo '东塘社区,北门,8:00-12:00,-2,2.8'
    echo '东塘社区,西门,8:00-8:00,2,2.8'
    echo '东塘社区,后门,8:00-次日9:00,2,2.8'
    echo '东塘社区,侧门,8:00-12:00,2,2月30日'
    echo '东塘社区,偏门,8:00-12:00,2,'
    echo '999999999999,东门,8:00-12:00,2,2.8'
    echo '西塘社区,东门,14:00-18:00,2,2.8'
} > "$work/dirty.csv"
plan "$work/dirty.csv" "$work/dirty"
status=$?
cp "$work/log" "$work/dirty.log"
report $status "a sheet with bad rows is planned"
says() { # name, words in one line
    grep -q "$2" "$work/dirty.log"
    report $? "$1"
}
says "a minimum above its target is read the other way round" '第 2 行.*5-3'
says "a negative headcount is named" '第 3 行.*-2.*负数'
says "a shift of no hours is named" '第 4 行.*8:00-8:00.*0 小时'
says "a shift of 25 hours is named" '第 5 行.*24 小时'
says "a day that does not exist is named" '第 6 行.*2月30日'
says "a need without a date is taken for every day, and told" '第 7 行.*没有写日期'
says "an unknown community code is named with its row" 'dirty.csv 第8行.*999999999999'
grep -q 负数 "$work/dirty/"*.csv
report $? "the rows left out are in a file with their reasons"
"$muster" view roster_duty --db "$work/dirty/muster.db" --csv > "$work/log"
[ "$(grep -c 东门 "$work/log")" -eq 2 ] && [ "$(grep -c 偏门 "$work/log")" -eq 14 ] && [ "$(grep -c 南门 "$work/log")" -ge 3 ]
report $? "all others stand"
need() { "$muster" command need.import --db "$db" "rows=[{\"team\":1,\"post\":1,\"shift\":1,$1}]" > "$work/log" 2>&1; }
span='"starts_at":1581120000000,"ends_at":1581134400000'
need "\"starts_on\":\"2020-02-08\",$span,\"min\":3,\"target\":2,\"limit\":3"
[ $? -eq 2 ] && grep -q 2020-02-08 "$work/log"
report $? "a command with a minimum above its target is refused"
need "\"starts_on\":\"2020-02-08\",$span,\"min\":-1,\"target\":2,\"limit\":3"
[ $? -eq 2 ]
report $? "and with a negative one"
need "$span,\"min\":1,\"target\":2,\"limit\":3"
[ $? -eq 2 ]
report $? "and without a day"
for end in 480 1980; do
    "$muster" command shift.import --db "$db" \
        "rows=[{\"operation\":1,\"name\":\"x\",\"kind\":\"day\",\"start_minute\":480,\"end_minute\":$end}]" > "$work/log" 2>&1
    [ $? -eq 2 ] && grep -q 24 "$work/log"
    report $? "a shift of $(((end - 480) / 60)) hours is refused"
done

# people: one with a code nobody knows, one who can come on no day at all
sed 's/$/,/; 1s/,$/,报到社区/' "$work/people.csv" > "$work/coded.csv"
echo '无码人,13700000001,不知何处,999999999999' >> "$work/coded.csv"
printf '姓名,手机,日期,时段,能否\n西员10,13800000010,2.8-2.14,全天,不能\n' > "$work/away.csv"
cp "$work/coded.csv" "$work/people.csv"
plan "$work/needs.csv" "$work/away" --availability "$work/away.csv"
status=$?
[ $status -eq 0 ] && grep -q '西员10' "$work/log"
report $? "a person who can come on no day is named"
db=$work/away/muster.db
[ -z "$(duties 西员10)" ] && [ "$(view roster_duty | wc -l)" -eq 56 ]
report $? "and everybody else is planned"
view place_queue_person > "$work/log"
grep -q 无码人 "$work/log"
report $? "a person with an unknown community code waits in the queue"
echo "1..$count"
