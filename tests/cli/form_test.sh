#!/usr/bin/env bash
# muster sheet from outside: gifts and the report of a day, out and in, in both languages, with its exit codes.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
db=$work/m.db
sheet() { "$muster" sheet "$@" --db "$db" > "$work/log" 2>&1; }
gifts() { "$muster" view donation_entry --db "$db" --count operation=1; }
"$muster" command operation.open --db "$db" title=周末 zone=Asia/Shanghai > "$work/log" 2>&1
report $? "an operation"
printf '日期,捐赠人,金额\n2020-02-08,林知远,2000元\n2020-02-08,沈慧,两百\n' > "$work/list.csv"
sheet donation --read "$work/list.csv"
[ $? -eq 1 ] && grep -q '第 2 行：林知远，2020-02-08：2000 元' "$work/log" && grep -q -- --apply "$work/log" && [ "$(gifts)" -eq 0 ]
report $? "what is new is shown, nothing is recorded"
sheet donation --read "$work/list.csv" --apply && [ "$(gifts)" -eq 2 ]
report $? "applied"
for file in out.xlsx out.csv; do
    for lang in zh-CN en; do
        sheet donation -o "$work/$file" --lang $lang && sheet donation --read "$work/$file" --apply --lang $lang && [ "$(gifts)" -eq 2 ]
        report $? "written and read back, $file in $lang"
    done
done
sed 's/2000/3000/' "$work/out.csv" > "$work/other.csv"
sheet donation --read "$work/other.csv" --apply --lang en
[ $? -eq 1 ] && grep -q 'the ledger has "2000", the sheet "3000"' "$work/log"
report $? "a recorded gift is compared and stays"
printf '日期,捐赠人,金额\n2020-02-08,周小禾,10\n2020-02-08,丁立,0.001\n' > "$work/bad.csv"
sheet donation --read "$work/bad.csv" --apply
[ $? -eq 2 ] && grep -q 'bad.csv.*第 3 行.*C' "$work/log" && [ "$(gifts)" -eq 2 ]
report $? "a bad cell is named, nothing is recorded"
sheet daily --day 2020-02-08 -o "$work/day.xlsx" && sheet daily --read "$work/day.xlsx"
report $? "the report of a day, written and compared"
sheet daily --day 2020-02-08 -o "$work/day.csv" && sed '2s/,0,/,5,/' "$work/day.csv" > "$work/day2.csv"
sheet daily --read "$work/day2.csv" --lang en
[ $? -eq 1 ] && grep -q 'the records say' "$work/log"
report $? "a deviation is named"
sheet daily --read "$work/day.xlsx" --apply
[ $? -eq 2 ] && grep -q 日报 "$work/log"
report $? "a report is never applied"
sheet attendance -o "$work/a.xlsx" --lang en
[ $? -eq 2 ] && grep -q -- --team "$work/log"
report $? "a sign-in sheet wants its team and day"
sheet nothing -o "$work/a.xlsx"
[ $? -eq 2 ]
report $? "an unknown kind of sheet"
sheet donation
[ $? -eq 2 ]
report $? "neither out nor in"
printf '日期,捐赠人,金额\n2020-02-08,共{捐款人数}人,10\n2020-02-08,{捐款金额},10\n' > "$work/marks.csv"
sheet donation --read "$work/marks.csv" --apply && sheet donation -o "$work/marks.xlsx" &&
    sheet daily --day 2020-02-08 --fill "$work/marks.xlsx" -o "$work/filled.xlsx" --lang en
[ $? -eq 0 ] && [ -s "$work/filled.xlsx" ] && grep -q '捐款人数 = .*givers of money' "$work/log"
report $? "somebody else's table is filled, and each figure's rule is told"
printf '日期,捐赠人,金额\n2020-02-08,{捐款人},10\n' > "$work/marks.csv"
sheet donation --read "$work/marks.csv" --apply && sheet donation -o "$work/marks.xlsx" && rm "$work/filled.xlsx"
sheet daily --fill "$work/marks.xlsx" -o "$work/filled.xlsx"
[ $? -eq 2 ] && grep -q '捐款人”' "$work/log" && [ ! -e "$work/filled.xlsx" ]
report $? "a mark nobody knows is named, nothing is written"
sheet donation --fill "$work/marks.xlsx" -o "$work/filled.xlsx"
[ $? -eq 2 ]
report $? "only a daily table is filled"
"$muster" sheet --help --lang en | grep -q 'daily'
report $? "it tells how it is used"
echo "1..$count"
