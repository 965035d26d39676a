#!/usr/bin/env bash
# An organisation sheet through muster plan: told apart by its headers, its tree stored, people attached to it.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
cd "$work" || exit 1
printf 'code,name,street,district\n999001001001,东塘社区,柳堤街道,云南浦区\n' > divisions.csv
printf '社区名称,小区名称\n东塘社区,望江苑\n' > gazetteer.csv
printf '社区,点位,时段,每班人数,日期\n东塘社区,南门,8:00-12:00,1,2月8日\n' > needs.csv
cat > orgs.csv <<'SHEET'
××市下沉单位一览表,,,
序号,单位名称,上级单位,联络员
1,税务局,市直机关工委,许青
2,第一支部,税务局,方远
3,水务局,市直机关工委,孟兰
4,第一支部,水务局,沈慧
5,第二支部,水务局,丁立
SHEET
cat > people.csv <<'SHEET'
姓名,手机,所在党支部,单位及职务,居住地址
林知远,13900000001,第二支部,水务局科员,望江苑1栋
何建平,13900000002,第一支部,税务局办公室,望江苑2栋
周小禾,13900000003,水务局第一支部,,望江苑3栋
沈慧,13900000004,,税务局稽查科,望江苑4栋
丁立,13900000005,退休支部,水务局,望江苑5栋
许青,13900000006,第一支部,,望江苑6栋
SHEET
plan() { "$muster" plan people.csv orgs.csv needs.csv --divisions divisions.csv --gazetteer gazetteer.csv \
    --from 2020-02-08 --steps 500 -o out > log 2>&1; }
path() { # the names above and of the org of a person
    local id
    id=$("$muster" view person --db out/muster.db --csv | grep ",$1," | cut -d, -f4)
    while [ -n "$id" ]; do
        grep "^$id," orgs_seen | cut -d, -f5
        id=$(grep "^$id," orgs_seen | cut -d, -f2)
    done | tac | paste -sd/
}
belongs() { # name, path
    got=$(path "$1")
    printf 'wanted: %s\ngot: %s\n' "$2" "$got" > log
    [ "$got" = "$2" ]
    report $? "$1 belongs to ${2:-nothing}"
}

plan
report $? "an organisation sheet among the files is no trouble"
grep -q '组织表 orgs.csv：5 行可用' log && grep -q '5 人对上了组织表，1 人没有对上' log
report $? "it is told apart, and who was found in it is counted"
"$muster" view org --db out/muster.db --csv | tr -d '\r' | sed 's/^\xef\xbb\xbf//' > orgs_seen
belongs 林知远 市直机关工委/水务局/第二支部
belongs 何建平 市直机关工委/税务局/第一支部
belongs 周小禾 市直机关工委/水务局/第一支部
belongs 沈慧 市直机关工委/税务局
belongs 丁立 市直机关工委/水务局/退休支部
belongs 许青 第一支部
plan
"$muster" view org --db out/muster.db --csv | tr -d '\r' | sed 's/^\xef\xbb\xbf//' | diff - orgs_seen > log
report $? "the same sheet twice changes nothing"
echo "1..$count"
