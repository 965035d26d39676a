#!/usr/bin/env bash
# What the records say of members, and what the next roster makes of it: answers, skills, lending, nights agreed to.
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
    echo 姓名,手机,住址,党支部,特长
    for i in $(seq 10 19); do echo "东员$i,139000000$i,东塘社区桃溪花园$i号楼,一支部,"; done
    echo "东医师,13900000030,东塘社区桃溪花园30号楼,一支部,医护"
    for i in $(seq 10 12); do echo "西员$i,138000000$i,西塘社区梅岭新村$i号楼,一支部,"; done
} > "$work/people.csv"
{
    echo 社区,点位,班次,人数,日期,技能要求
    echo '东塘社区,南门,8:00-12:00,2,2.8-2.14,'
    echo '东塘社区,卫生点,8:00-12:00,1,2.8-2.14,医护'
    echo '东塘社区,值班室,22:00-6:00,2,2.8-2.14,'
    echo '西塘社区,东门,8:00-12:00,4,2.8-2.14,'
} > "$work/needs.csv"
db=$work/out/muster.db
plan() {
    "$muster" plan "$work/people.csv" "$work/needs.csv" --divisions "$work/divisions.csv" --gazetteer "$work/gazetteer.csv" \
        --from 2090-02-08 --steps 6000 -o "$work/out" "$@" > "$work/log" 2>&1
}
view() { "$muster" view "$@" --db "$db" --csv | tr -d '\r' | sed 1d; }
command() { "$muster" command "$@" --db "$db" >> "$work/log" 2>&1; }
id_of() { sed -n 's/.*"id":"\([0-9]*\)".*/\1/p' <("$muster" command "$@" --db "$db" 2>> "$work/log"); }
person() { view person | awk -F, -v name="$1" '$0 ~ name { print $1; exit }'; }
team() { view team | awk -F, -v name="$1" '$0 ~ name { print $1; exit }'; }
# what a person stands, as day/post of a team, one a line
duties() { view roster_duty | awk -F, -v name="$1" '$12 == name { print $4 "/" $9 "/" $3 }' | sort; }

plan
report $? "a small plan"
duties 东医师 > "$work/log"
[ "$(grep -c 卫生点 "$work/log")" -ge 6 ]
report $? "who has the skill stands where it is asked for"

# answers: one cannot, one is back on the 11th
far=4102444800000
one=$(person 东员10) other=$(person 东员11)
order=$(id_of order.draft operation=1 number=1 text=报到 reply_by=$far report_at=$far orgs="[\"$(view org | head -1 | cut -d, -f1)\"]" by="$one")
command order.release order="$order" by="$other"
command notice.queue order="$order"
command notice.answer order="$order" person="$(person 东员12)" answer=cannot via=call by="$one"
command notice.answer order="$order" person="$(person 东员13)" answer=hindered back_on=2090-02-11 via=call by="$one"
command notice.answer order="$order" person="$(person 东员14)" answer=can via=call by="$one"
plan && [ -z "$(duties 东员12)" ] && [ -z "$(duties 东员13 | awk -F/ '$1 < "2090-02-11"')" ] && [ -n "$(duties 东员13)" ]
report $? "the roster reads the answers: never, and from the day he is back"
command setting.set scope=operation:1 name=roster.unanswered value=no
plan && [ -n "$(duties 东员14)" ] && [ -z "$(duties 东员15)" ]
report $? "who was called and is silent stands nowhere where the silent are not let in"
command setting.set scope=operation:1 name=roster.unanswered
plan

# lending: the west is short; one comes for two days
east=$(team 东塘) west=$(team 西塘) lent=$(person 东员16)
missing() { view need_short team="$west" | awk -F, '{ n += $11 - $14 } END { print n + 0 }'; }
before=$(missing)
[ "$(view need_short team="$west" | wc -l)" -eq 7 ]
report $? "the west is short on every day"
lending=$(id_of reinforcement.propose team="$west" from_team="$east" to_team="$west" from_on=2090-02-10 to_on=2090-02-11 headcount=1 by="$one")
command reinforcement.agree reinforcement="$lending" team="$east" by="$other"
command reinforcement.add_person reinforcement="$lending" person="$lent"
command reinforcement.start reinforcement="$lending"
plan
{ duties 东员16; echo "$before $(missing)"; } > "$work/log"
[ "$(grep 西塘 "$work/log" | cut -d/ -f1 | tr '\n' ' ')" = "2090-02-10 2090-02-11 " ] &&
    [ -z "$(grep 东塘 "$work/log" | grep -E '2090-02-1[01]')" ] && [ "$(missing)" -eq $((before - 2)) ]
report $? "a lent member stands there on his days alone, and not at home meanwhile"

# nights: three in seven days, but for whoever agrees to more
nights() { duties "$1" | grep -c 值班室; }
"$muster" command care_rule.set person="$(person 东员17)" rule=nights_agreed value=8 --db "$db" > "$work/log" 2>&1
[ $? -ne 0 ]
report $? "eight nights in seven days are agreed to by nobody"
for i in 10 11 14 15 16; do command care_rule.set person="$(person 东员$i)" rule=no_night value=1; done
command care_rule.set person="$(person 东医师)" rule=no_night value=1
plan
for i in 13 17 18 19; do nights 东员$i; done | tee "$work/log" | awk '$1 > 3 { exit 1 }'
report $? "nobody keeps more than three nights by the rules"
for i in 17 18; do command care_rule.set person="$(person 东员$i)" rule=nights_agreed value=6; done
plan
for i in 13 19 17 18; do nights 东员$i; done > "$work/log"
awk 'NR < 3 && $1 > 3 || $1 > 6 { exit 1 } { if ($1 > most) most = $1 } END { exit most < 4 }' "$work/log"
report $? "who agreed to more nights keeps more, and no more than that"
echo "1..$count"
