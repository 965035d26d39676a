#!/usr/bin/env bash
# Rules of a roster set by commands and obeyed by the next muster plan; needs, shifts and people that cannot be used.
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
echo "1..$n"
