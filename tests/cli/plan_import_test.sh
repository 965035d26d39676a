#!/usr/bin/env bash
# What muster plan keeps of its files, and what --dry-run says of them.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
cd "$work" || exit 1
printf 'code,name,street,district\n999001001001,东塘社区,柳堤街道,云南浦区\n' > divisions.csv
printf '社区名称,小区名称\n东塘社区,望江苑\n南山社区,望月苑\n' > gazetteer.csv
printf '社区,点位,时段,每班人数,日期\n东塘社区,南门,8:00-12:00,1,2月8日\n南山社区,南门,8:00-12:00,1,2月8日\n' > needs.csv
cat > people.csv <<'SHEET'
姓名,手机,身份证号,住址
林知远,13900000001,999001190001011234,望江苑1栋
何建平,139000,999001190001011235,望江苑2栋
,13900000003,999001190001011236,望江苑3栋
林知远,13900000001,999001190001011234,望江苑1栋
SHEET
plan() { "$muster" plan people.csv needs.csv --divisions divisions.csv --gazetteer gazetteer.csv --from 2020-02-08 \
    --steps 500 -o out "$@" > log 2>&1; }
view() { "$muster" view "$@" --db out/muster.db; }
is() { # wanted, got, name
    printf 'wanted: %s\ngot: %s\n' "$1" "$2" >> log
    [ "$1" = "$2" ]
    report $? "$3"
}
seen() { find . -path ./log -prune -o -type f -printf '%p %s %T@\n' -exec sha256sum {} + | sort; }

before=$(seen)
plan --dry-run
report $? "a dry run ends well"
is "$before" "$(seen)" "and writes nothing"
grep -q '人员表 people.csv：可用 3，提醒 2，错误 1，重复 1，已在库里 0' log
report $? "it counts what can be used, doubts, errors and repeats of a file"
grep -q '小区表 gazetteer.csv：可用 1，提醒 0，错误 1，重复 0，已在库里 0' log
report $? "of each file"
plan
report $? "the same files are planned"
is 4 "$(view import --count)" "each file is an import"
view import_row --csv > rows.csv
cp rows.csv log
is 'ready warning error duplicate ' "$(grep ',people.csv,' rows.csv | cut -d, -f6 | tr '\n' ' ')" "each row has its verdict"
grep -q '何建平.*139000' rows.csv && grep -q ',error,.*“南山社区”.*,needs,' rows.csv
report $? "a doubt and a need of nowhere are told with their row"
! grep -q 999001190001011234 rows.csv
report $? "identity numbers are not kept"
is 林知远 "$(grep ',people.csv,' rows.csv | head -n 1 | cut -d, -f10)" "a row shows what it became"
plan
view import_row --csv | cmp - rows.csv > log && is 4 "$(view import --count)" "the same files twice are no new imports"
before=$(seen)
plan --dry-run
is "$before" "$(seen)" "a dry run beside a database writes nothing"
grep -q '人员表 people.csv：可用 3，提醒 2，错误 1，重复 1，已在库里 3' log
report $? "what the database holds is counted"
sed -i 's/林知远/林知远远/' people.csv
plan --dry-run
grep -q '人员表 people.csv：.*已在库里 1$' log
report $? "and of a changed file those people it knows"
echo "1..$count"
