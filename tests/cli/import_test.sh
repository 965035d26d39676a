#!/usr/bin/env bash
# Many sheets in one go: muster import.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
cd "$work" || exit 1
printf 'code,name,street,district\n999001001001,东塘社区,柳堤街道,云南浦区\n' > divisions.csv
printf '社区名称,小区名称\n东塘社区,望江苑\n' > gazetteer.csv
cat > first.csv <<'SHEET'
姓名,手机,身份证号,住址,支部
林知远,13900000001,999001190001011234,望江苑1栋,一支部
何建平,139000,999001190001011235,望江苑2栋,一支部
,13900000003,999001190001011236,望江苑3栋,一支部
林知远,13900000001,999001190001011234,望江苑1栋,一支部
SHEET
printf '姓名,电话,报到社区,鞋码\n沈慧,13900000005,东塘社区,38\n,13900000006,东塘社区,40\n' > second.csv
printf '社区,点位,时段,每班人数\n东塘社区,南门,8:00-12:00,1\n' > needs.csv
printf '姓名\t手机\n丁立\t13900000007\n' > pasted
head -c 300 /dev/zero > junk.xlsx
take() { "$muster" import --db x.db "$@" > out 2> wrong; code=$?; cat out wrong > log; echo "code $code" >> log; return $code; }
view() { "$muster" view "$@" --db x.db; }
seen() { sha256sum x.db*; }
is() { # wanted, got, name
    printf 'wanted: %s\ngot: %s\n' "$1" "$2" >> log
    [ "$1" = "$2" ]
    report $? "$3"
}

"$muster" init --db x.db --name 方远 --phone 13900000099 --mode drill > log 2>&1
take --apply --kind divisions divisions.csv && take --apply --kind gazetteer gazetteer.csv
report $? "divisions and compounds are written"
before=$(seen)
take first.csv second.csv junk.xlsx absent.csv - < pasted
is "1 $before" "$code $(seen)" "looking writes nothing, and ends with 1"
grep -q 'first.csv：人员，可用 2 行，退回 1 行，重复 1 行，已在库里 0 行' out && grep -q '电话 → 手机号码' out &&
    grep -q '不读入的列：身份证号' out
report $? "each file says what its columns were taken for"
grep -q 'first.csv 第 4 行 A 列（姓名）：没有姓名' wrong && grep -q 'second.csv 第 3 行' wrong && grep -q '第 3 行 B 列（手机）：“139000”' out
report $? "one list names file, row, column, reason and remedy"
grep -q '^junk.xlsx：.*请另存为' wrong && grep -q '^absent.csv：.*absent.csv' wrong && grep -q '粘贴的表：人员，可用 1 行' out
report $? "a file that cannot be read does not keep the others from it, and a table can be pasted"
grep -q '5 个文件，2 个读不出；共可用 4 行，退回 2 行，重复 1 行，已在库里 0 行' out
report $? "the sum counts rows and files"

take --apply first.csv second.csv
is "2 $before" "$code $(seen)" "with errors nothing is written"
grep -q '有 2 行、0 个文件不能用，什么都没有写入' wrong
report $? "and it says so"
take --apply --good-rows --refused back.xlsx first.csv second.csv
is "1 4" "$code $(view person --count)" "the good rows are written"
"$muster" import --db x.db back.xlsx > out 2> wrong
cat out wrong > log
grep -q '工作表“Sheet2”读入的列：姓名 → 姓名、电话' out && [ "$(grep -c '没有姓名' wrong)" = 2 ] && ! grep -q 999001 out
report $? "those refused come back in their own shape, one sheet for each file"
unzip -p back.xlsx xl/sharedStrings.xml > strings && grep -q 没有姓名 strings && ! grep -q 999001190001011236 strings
report $? "with the reason, without identity numbers"
before=$(view import --count)
take --apply first.csv second.csv --good-rows
is "1 $before" "$code $(view import --count)" "the same files again write nothing"
sed 's/^,13900000006/周小禾,13900000006/' second.csv > mended.csv
echo 丁立,13900000007,东塘社区,41 >> mended.csv
take --apply mended.csv
is "0 6" "$code $(view person --count)" "a mended file can be sent again"
grep -q '已在库里 1 行' out
report $? "and says who is known already"
cp out mended.log
printf '姓名,电话,报到社区,备注\n周小禾,13900000006,东塘社区,孕期\n' > other.csv
take --apply other.csv
"$muster" command operation.open --db x.db title=值守 zone=Asia/Shanghai > log 2>&1
take needs.csv
grep -q 'needs.csv：需求，可用 0 行，退回 1 行' out
report $? "needs are known by their headers"

number=$(sed -n 's/.*mended.csv：导入号 //p' mended.log)
take --undo "$number"
is "1 5 undone" "$code $(view person --count) $(view import --csv | grep mended.csv | cut -d, -f5)" "a whole import is undone"
grep -q '已撤销 [0-9]* 处，保留 [1-9]' out && grep -q '周小禾：导入后又改过，保留' out
report $? "what was changed since stays, with the reason"
take --undo "$number"; [ $code = 2 ] && grep -q '已经撤销了' wrong
report $? "once"
take --apply mended.csv
is "0 6" "$code $(view person --count)" "and the same file can be read in again"
take --undo x; [ $code = 2 ] && grep -q '不是导入号' wrong && take --undo 1 first.csv; [ $code = 2 ] && grep -q '只撤销' wrong
report $? "a number that is none, and files beside it, are refused"

printf '组员称呼,联络号,备用,年货=\n吴小雨,13900000031,13900000041,有\n' > odd.csv
take odd.csv; [ $code = 1 ] && grep -q '^odd.csv：读不出' out
report $? "a header nobody knows is no table"
take odd.csv --column 组员称呼=姓名 --column 联络号=mobile --column 备用=不读 --column 年货==备注
[ $code = 1 ] && grep -q '组员称呼 → 姓名、联络号 → 手机号码、年货= → 备注' out && grep -q '不读入的列：备用' out && [ "$(view column_choice --count)" = 0 ]
report $? "until somebody says what its columns mean; looking remembers nothing"
printf '组员称呼=姓名\n\n备用=ignore\n联络号=手机号码\n' > meaning
take odd.csv --columns meaning --apply
is "0 3 13900000031" "$code $(view column_choice --count) $("$muster" view person_find phone=13900000031 --db x.db --count | sed s/1/13900000031/)" \
    "written, it is remembered"
sed 's/吴小雨,13900000031/郑小雪,13900000032/' odd.csv > odd2.csv
take odd2.csv --apply
[ $code = 0 ] && grep -q '联络号 → 手机号码' out && [ "$("$muster" view person_find phone=13900000032 --db x.db --count)" = 1 ]
report $? "and the next list with these headers is read so by itself"
take odd2.csv --column 备用=手机号码 --column 联络号=不读 --apply
[ $code = 0 ] && [ "$("$muster" view person_find phone=13900000041 --db x.db --count)" = 1 ]
report $? "a wrong guess is corrected once, and the same file counts anew with it"
take odd.csv --column 备用=颜色; [ $code = 2 ] && grep -q '没有“颜色”这个字段' wrong && grep -q '手机号码' wrong
report $? "a field there is not is refused with those there are"
take odd.csv --column 鞋码=不读; [ $code = 2 ] && grep -q '没有“鞋码”这个表头' wrong
report $? "so is a header no file has"
take odd.csv --column 鞋码; [ $code = 2 ] && grep -q '表头=字段' wrong
report $? "and what is neither"

# a second list of people who are there, written another way
printf '姓名,手机,住址,支部\n郑好,13900000071,望江苑三号楼2单元501室,甲支部\n阿依·买买提,13900000072,,甲支部\n吴越,13900000073,,甲支部\n' > there.csv
printf '姓名,手机,住址,支部\n郑 好（预备）,13900000074,望江苑3-2-501,乙支部\n阿依买买提,13900000072,,乙支部\n吴越,,望江苑9栋,乙支部\n郑好,13900000075,望江苑8栋,乙支部\n' > alike.csv
take --apply there.csv; take alike.csv
[ "$(grep -c '可能是同一人。' out)" = 3 ] && grep -q '同名，同一个住址' out && grep -q '同一个电话，姓名写法相近' out &&
    grep -q '其中一边没有电话' out && grep -q '其中 3 行可能是名单上已有的人' out && grep -q 'alike.csv.*第 2 行' out
report $? "who is probably on the list already is told with the cause, and how many"
take --apply alike.csv
[ "$(view person_double | grep -c '甲支部')" = 3 ]
report $? "what was told is what is asked afterwards"
printf '1\t秦小满\t13900000051\t望江苑3栋\t东塘队\n2\t郭守田\t13900000052\t望江苑4栋\t东塘队\n3\t\t13900000053\t望江苑4栋\t东塘队\n' > bare
take bare; [ $code = 1 ] && grep -q '像是没有表头。若真没有，请加：--column 2=姓名 --column 3=手机号码 --column 4=现居住地$' out
report $? "a table without a header is asked about, with what its columns look like"
before=$(view column_choice --count)
take bare --column 2=姓名 --column C=手机号码 --column 5=备注 --apply --good-rows --refused bare.xlsx
[ $code = 1 ] && grep -q 'B → 姓名、C → 手机号码、D → 现居住地、E → 备注' out && grep -q '只用于这一次' out && [ "$(view column_choice --count)" = "$before" ] &&
    [ "$(view person_find phone=13900000052 --count)" = 1 ]
report $? "a number or a letter names a column; what the contents do not bear out is not remembered, and that is said"
take bare.xlsx; grep -q '姓名 → 姓名、手机号码 → 手机号码、现居住地 → 现居住地、备注 → 备注' out && grep -q 'bare.xlsx.* 第 2 行' wrong
report $? "its refused rows come back under a header of what they were taken for"
printf '4\t姚远山\t13900000054\t望江苑3栋\n5\t康乐\t13900000055\t望江苑4栋\n' > bare2
take bare2 --column 2=姓名 --column 3=手机号码 --apply
[ $code = 0 ] && grep -q '以后自己认得' out && printf '6\t鲁大海\t13900000056\t望江苑5栋\n7\t毛之远\t13900000057\t望江苑6栋\n' > bare3 && take bare3 --apply
[ $code = 0 ] && [ "$(view person_find phone=13900000057 --count)" = 1 ]
report $? "what they do bear out is, and the next such table is read by itself"
printf '小赵的\t13900000058\t有车\n小孙的\t13900000059\t\n' > shape && take shape; [ $code = 1 ] && grep -q '^shape：读不出' out
report $? "a table of another shape is not"
take bare --column 9=姓名; [ $code = 2 ] && grep -q '没有“9”这个表头' wrong
report $? "a column there is not is named"

printf '云川市水务局下沉人员名单,\n姓名,手机\n葛天明,13900000061\n' > list.csv
take list.csv; grep -q '这份名单：云川市水务局（取自标题），单位表里还没有，会新建' out
report $? "whose list it is, is said, and where it says so"
take list.csv --apply
printf '姓名,手机\n温良,13900000062\n,13900000063\n' > 云川市水务处党员名册.csv
take 云川市水务处党员名册.csv; grep -q '云川市水务处（取自文件名），单位表里还没有，会新建；相近的有：云川市水务局' out
report $? "a unit nobody knows is told with the nearest"
take 云川市水务处党员名册.csv --issuer 云川市水利局; [ $code = 1 ] && grep -q '没有“云川市水利局”这个单位，相近的有：云川市水务局' wrong
report $? "one that was said must be there, or be like none"
take 云川市水务处党员名册.csv --issuer 云川市水务处党员名册.csv=云川市水务局 --apply --good-rows --refused unit.xlsx
[ $code = 1 ] && grep -q '这份名单：云川市水务局（由人指定）' out && [ "$(view person --csv | grep 温良 | grep -c 水务局)" = 1 ]
report $? "said for that file it counts"
take unit.xlsx; grep -q '这份名单：云川市水务局（取自填报单位一行）' out
report $? "and the rows that come back say it"
take list.csv --issuer other.csv=云川市水务局; [ $code = 2 ] && grep -q '不是这次读的文件' wrong
report $? "a file that is not there is named"

# one batch in any order: its needs, compounds and hours stand on communities and people of the same batch
mkdir batch && cd batch || exit 1
"$muster" init --db x.db --name 方远 --phone 13900000099 --mode drill > log 2>&1
"$muster" command operation.open --db x.db title=值守 zone=Asia/Shanghai > log 2>&1
printf 'code,name,street,district\n999001001001,东塘社区,柳堤街道,云南浦区\n999001001002,西塘社区,柳堤街道,云南浦区\n' > divisions.csv
printf '社区名称,小区名称\n东塘社区,望江苑\n' > gazetteer.csv
printf '社区,小区,点位,班次,人数\n东塘社区,望江苑,南门,8:00-12:00,1人\n' > needs.csv
printf '社区,小区,点位,班次,人数\n东塘社区,望江苑,东门,8:00-12:00,1人\n西塘社区,,北门,8:00-12:00,1人\n' > vain.csv
printf '姓名,手机,住址,支部\n林知远,13900000001,望江苑1栋,甲支部\n何建平,13900000002,望江苑2栋,甲支部\n' > one.csv
printf '姓名,手机,住址,支部\n沈慧,13900000005,望江苑5栋,乙支部\n林知远,13900000001,望江苑1栋,乙支部\n' > two.csv
printf '姓名,手机,支部\n林知远,13900000001,丙支部\n' > three.csv
before=$(seen)
take needs.csv two.csv gazetteer.csv one.csv divisions.csv
[ "$(seen)" = "$before" ] && grep -q '^needs.csv：需求，可用 1 行，退回 0 行' out && grep -q '^divisions.csv：区划，可用 2 行' out &&
    grep -q '^gazetteer.csv：小区和道路，可用 1 行，退回 0 行' out && ! grep -q 没有导入 wrong
report $? "needs given before the divisions they stand on are taken, and each file is known by its header"
take needs.csv gazetteer.csv; [ $code = 1 ] && grep -q '^needs.csv 第 2 行.*不在区划表里' wrong && grep -q '^gazetteer.csv 第 2 行' wrong
report $? "without those divisions they are not"
take needs.csv divisions.csv; [ $code = 1 ] && grep -q '^needs.csv 第 2 行.*还没有服务队' wrong
report $? "nor where nobody comes who could be a team"
take one.csv two.csv three.csv
[ "$(grep -c '同一人也在' out)" = 1 ] && grep -q '^one.csv 第 2 行：同一人也在two.csv 第 3 行、three.csv 第 2 行：只计一次' out &&
    grep -q '3 个文件，0 个读不出；共可用 3 行，退回 0 行，重复 2 行' out
report $? "who stands in three files is counted once and told once, with all of them named"
take --apply needs.csv two.csv gazetteer.csv one.csv divisions.csv
is "0 4 1" "$code $(view person --count) $(view team --count)" "the batch is written whole, people placed by it"
[ "$(view need --csv | grep -c 南门)" -gt 0 ] && ! grep -q needs.csv wrong
report $? "and its needs are there"
take --apply divisions.csv needs.csv one.csv two.csv
grep -q '共可用 6 行，退回 0 行，重复 1 行' out && grep -q '已写入 0 个文件' out
report $? "the same batch again writes nothing"
before=$(view need --count)
printf '姓名,手机,住址,支部\n周小禾,13900000006,望江苑6栋,甲支部\n' > four.csv
take --apply vain.csv four.csv
is "1 $before 5" "$code $(view need --count) $(view person --count)" "needs nobody's home answers to are held back with their file, the rest is written"
grep -q '^vain.csv 第 3 行：“西塘社区”还没有服务队' wrong && grep -q '^vain.csv 没有写入' out
report $? "and that is said"
take --apply --good-rows --refused late.xlsx vain.csv
[ $code = 1 ] && [ "$(view need --csv | grep -c 东门)" -gt 0 ] && [ -s late.xlsx ]
report $? "its good rows are taken if asked"
take one.csv --kind two.csv=people; [ $code = 2 ] && grep -q '不是这次读的' wrong
report $? "a kind for a file that is not there is refused"
day=$(TZ=UTC-8 date -d tomorrow +%-m月%-d日)
printf '姓名,手机,日期,时段\n罗知秋,13900000061,%s,8:00-12:00\n' "$day" > hours.csv
printf '姓名,手机,支部\n罗知秋,13900000061,甲支部\n' > five.csv
take hours.csv five.csv; grep -q '^hours.csv：可来时间，可用 1 行，退回 0 行' out && take --apply hours.csv five.csv
is "0 1" "$code $(view availability --count)" "hours of people of the same batch are taken too"
cd .. || exit 1

# what is refused of two kinds comes back in two workbooks; mended in place they are sent again
mkdir again && cd again || exit 1
"$muster" init --db x.db --name 方远 --phone 13900000099 --mode drill > log 2>&1
printf '姓名,手机,支部\n林知远,13900000001,甲支部\n,13900000002,甲支部\n' > a.csv
printf '姓名,手机,支部\n沈慧,13900000005,乙支部\n,13900000006,乙支部\n' > b.csv
printf '单位名称,上级单位\n水务局,市政府\n,市政府\n' > o.csv
take --apply --good-rows --refused back.xlsx a.csv b.csv o.csv
[ $code = 1 ] && [ "$(grep -c '退回的行在' out)" = 2 ] && [ -s back.xlsx ] && [ -s back-2.xlsx ] && [ ! -e back-3.xlsx ]
report $? "rows refused of another kind have a workbook of their own"
mend() { # workbook, name written into the empty first cell of each sheet's second row
    rm -rf xl && unzip -qo "$1" 'xl/worksheets/*' &&
        for sheet in xl/worksheets/*.xml; do
            sed -i "s|\(<row r=\"2\"[^>]*>\)|\1<c r=\"A2\" t=\"inlineStr\"><is><t>$2</t></is></c>|" "$sheet"
        done && zip -q "$1" xl/worksheets/*.xml
}
mend back.xlsx 周小禾 && mend back-2.xlsx 园林局
take --apply back.xlsx back-2.xlsx
is "0 5" "$code $(view person --count)" "each mended as a workbook, with its reasons in it, is taken in one go"
[ "$(view org --csv | grep -c 园林局)" = 1 ] && [ "$(view person --csv | grep -c 周小禾)" = 2 ] && [ "$(view person --csv | grep -c 林知远)" = 1 ]
report $? "nobody is doubled, and two of one name with two telephones stay two"
take --apply back.xlsx a.csv --good-rows
is "1 5" "$code $(view person --count)" "sent once more they add nobody"
cd .. || exit 1

take --apply --kind cats first.csv; [ $code = 2 ] && grep -q 'cats' wrong
report $? "no such kind of sheet"
take --apply; [ $code = 2 ] && grep -q '没有说明读哪些文件' wrong
report $? "no file"
take - - < pasted; [ $code = 2 ] && grep -q '不止一次' wrong
report $? "standard input is one"
take first.csv --refused /nowhere/back.xlsx; [ $code = 2 ] && grep -q "/nowhere" wrong
report $? "a folder that is not there is named"
"$muster" import --db x.db first.csv --lang en > log 2>&1
grep -q 'columns read: 姓名 → name, 手机' log && grep -q 'first.csv, row 4, column A' log
report $? "it speaks English too"
echo "1..$count"
