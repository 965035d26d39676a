#!/usr/bin/env bash
# The queue of addresses, proposals and the gazetteer's buildings through muster plan, from the outside.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
cd "$work" || exit 1
cat > divisions.csv <<'SHEET'
code,name,street,district
999001001001,东塘社区,柳堤街道,云南浦区
999001001002,西塘社区,柳堤街道,云南浦区
SHEET
cat > gazetteer.csv <<'SHEET'
社区名称,小区名称,俗称,楼号
东塘社区,桃溪花园（1-12号楼）,老棉纺宿舍,
西塘社区,桃溪花园,,13-20号楼
东塘社区,望江苑,,
南山社区,望月苑,,
SHEET
cat > people.csv <<'SHEET'
姓名,手机,所在党支部,单位及职务,居住地址,报到社区,答复,备注
林知远,13900000001,第一支部,税务局科员,柳堤街道桃溪花园3号楼501,,,
何建平,13900000002,第一支部,税务局副科长,柳堤街道望江苑2栋,,,
周小禾,13900000003,第一支部,税务局科长,柳堤街道望江苑3栋,,不能来,
沈慧,13900000004,第二支部,水务局科员,柳堤街道老棉纺宿舍7-2-101,,能来,参加过防汛
丁立,13900000005,第二支部,水务局办公室,柳堤街道桃溪花园15号楼,,,
许青,13900000006,第二支部,水务局办公室,柳堤街道望江苑9栋,,,
方远,13900000007,第二支部,水务局,柳堤街道荷香苑1栋,,,
孟兰,13900000008,第二支部,水务局,柳堤街道荷香苑小区2栋,,,
王强,13900000009,第二支部,水务局,荷香苑7号楼，柳堤街道,,,
李敏,13900000010,第二支部,水务局,,北塘片区,,
SHEET
printf '社区,点位,时段,每班人数,日期\n东塘社区,南门,8:00-12:00,1,2月8日\n西塘社区,北门,8:00-12:00,1,2月8日\n' > needs.csv
plan() { "$muster" plan people.csv needs.csv --divisions divisions.csv --gazetteer gazetteer.csv --from 2020-02-08 \
    --steps 500 -o out > log 2>&1; }
view() { "$muster" view "$@" --db out/muster.db; }
is() { # wanted, got, name
    printf 'wanted: %s\ngot: %s\n' "$1" "$2" >> log
    [ "$1" = "$2" ]
    report $? "$3"
}

plan
report $? "a small place is planned"
grep -q "望月苑\|南山社区" log
report $? "a gazetteer row of an unknown community is named"
is "$(printf '丁立')" "$(view person_placed --csv | grep 999001001002 | cut -d, -f2)" "a building tells the community"
view person_placed --csv | grep 林知远 | grep -q 桃溪花园
report $? "and the compound is kept"
view place_queue --csv > queue.csv
cp queue.csv log
key=$(grep 荷香苑 queue.csv | cut -d, -f2)
is 3 "$(view place_queue_person --count text_key="$key")" "those who live alike are one group"
is '{"outside":false,"settled":3}' \
    "$("$muster" command placement.settle --db out/muster.db text_key="$key" community_code=999001001002)" "one decision settles them"
key=$(grep 北塘片区 queue.csv | cut -d, -f2)
is '{"outside":false,"settled":1}' \
    "$("$muster" command placement.settle --db out/muster.db text_key="$key" community_code=999001001001)" \
    "a registered community nobody knows is settled, too"
plan
is 0 "$(view place_queue --count)" "the next plan has no question left"
view team_member --csv > members.csv
is 4 "$(grep -c 西塘社区服务队 members.csv)" "the settled are on a team"
proposed() { view team_proposal --csv | grep 东塘 | grep ",$1,"; }
proposed leader > log
grep -q '何建平,.*副科长.*党员' log
report $? "the leader is proposed by post, not by the order of the list"
proposed deputy > log
grep -q '沈慧,.*不在同一单位.*防汛.*能来' log
report $? "the deputy is of another unit, has experience and comes"
proposed liaison > log
grep -q '许青,.*办公室' log
report $? "the liaison works in an office"
! view team_proposal --csv | grep -q 周小禾
report $? "who cannot come is not proposed"
echo "1..$count"
