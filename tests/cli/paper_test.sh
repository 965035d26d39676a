#!/usr/bin/env bash
# muster paper: what is printed of the records, and what it says where it cannot.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
quick=$PWD/build/release/muster # for what only has to be there
[ -x "$quick" ] || quick=$muster
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
. tests/report.sh
cd "$work" || exit 1
today=$(TZ=Asia/Shanghai date +%F)
first_day=$(TZ=Asia/Shanghai date -d "+7 days" +%F) # nobody is on a roster at whatever hour this runs
printf 'code,name,street,district\n999001001001,东塘社区,柳堤街道,云南浦区\n' > divisions.csv
printf '社区名称,小区名称\n东塘社区,望江苑\n' > gazetteer.csv
printf '社区,点位,时段,每班人数,日期\n东塘社区,南门,8:00-12:00,2,每天\n东塘社区,北门,20:00-24:00,3,每天\n' > needs.csv
cat > people.csv <<'SHEET'
姓名,手机,单位及职务,居住地址
林知远,13900000001,水务局,望江苑1栋
何建平,13900000002,税务局,望江苑2栋
周小禾,13900000003,水务局,望江苑3栋
SHEET
"$quick" plan people.csv needs.csv --divisions divisions.csv --gazetteer gazetteer.csv --from "$first_day" --steps 500 -o out > log 2>&1 ||
    report 1 "a plan to begin with"
db=out/muster.db
command() { "$quick" command --db "$db" "$@" 2>> log; }
list() { "$quick" view "$1" --db "$db" --csv "${@:2}" 2>> log | tail -n +2; }
id_of() { list "$1" | grep -m 1 ",$2," | cut -d, -f1; } # view, name
number_in() { grep -o '"id":"[0-9]*"' | head -n 1 | tr -dc 0-9; }
paper() { "$muster" paper "$@" > log 2>&1; }
text() { pdftotext -layout "$1" - 2>> log; }
fails() { # exit code, words to be found in what it says; then the arguments
    local code=$1 words=$2
    shift 2
    paper "$@"
    local got=$?
    echo "(ended with $got)" >> log
    [ "$got" -eq "$code" ] && grep -q "$words" log
}

# -- certificates -------------------------------------------------------------------------------------------
post=$(list post | head -n 1 | cut -d, -f1) leader=$(id_of person 周小禾)
fails 2 "还没有可以打印的证明" certificate --db $db --operation 1 --contact x -o none
report $? "an operation without certificates is nothing to print"
for who in 林知远 何建平; do
    person=$(id_of person $who)
    came=$(command attendance.walk_in post="$post" person="$person" by="$person" | number_in)
    command attendance.check_out attendance="$came" > /dev/null
    command attendance.confirm attendance="$came" minutes=215 by="$leader" > /dev/null
    command certificate.issue person="$person" operation=1 issuer=东塘社区居民委员会 > /dev/null
done
one=$(list certificate | grep -m 1 林知远 | cut -d, -f1)
fails 2 "没有写有疑问时找谁" certificate --db $db --certificate "$one" -o one.pdf && [ ! -e one.pdf ]
report $? "a certificate names somebody to ask"
command setting.set scope=operation:1 name=contact value="东塘社区 0000-0000018" > /dev/null
paper certificate --db $db --certificate "$one" -o one.pdf && text one.pdf > one.txt &&
    grep -q "林知远" one.txt && grep -q "3.5 小时" one.txt && grep -q "联系电话 *东塘社区 0000-0000018" one.txt &&
    grep -q "记录人 *周小禾" one.txt && grep -q "南门 .*3.5 *周小禾 *扫码" one.txt && ! grep -q "次打印" one.txt
report $? "one certificate, with its days and the contact of the settings"
key=$("$quick" key public --db $db)
printed=$(grep -oE '^ *([0-9a-f]{4} ?){8}( |$)' one.txt | tr -dc 0-9a-f)
echo "$key and $printed" > log
[ ${#key} -eq 64 ] && [ "$key" = "$printed" ]
report $? "it bears the public key"
code=$(command certificate.print certificate="$one" | grep -o 'MC1[^"]*')
"$muster" verify "$code" --public-key "$printed" > log 2>&1
report $? "by which its code verifies"
paper certificate --db $db --operation 1 -o all --lang en --notice "shown for 7 days" && [ "$(find all -name '*.pdf' | wc -l)" -eq 2 ] &&
    text all/*林知远.pdf > two.txt && grep -q "Print 3" two.txt && grep -q "Certificate of voluntary service" two.txt &&
    grep -q "shown for 7 days" two.txt
report $? "all of an operation into a folder, in English, counting the printings"
fails 2 "没有编号为 999 的证明" certificate --db $db --certificate 999 -o x.pdf && [ ! -e x.pdf ]
report $? "an unknown certificate"
fails 2 "没有编号为 $one 的证明" certificate --db $db --certificate "$one" --as "$leader" --contact x -o x.pdf && [ ! -e x.pdf ]
report $? "somebody without the right sees no certificate"
command role_grant.add person="$leader" role=leader scope=team team="$(list team | cut -d, -f1)" > /dev/null
paper certificate --db $db --certificate "$one" --as "$leader" --contact x -o x.pdf && [ -s x.pdf ]
report $? "the leader of the team prints it"
rm -f x.pdf
mkdir shut && chmod a-w shut
before=$(list certificate certificate="$one" | cut -d, -f20)
if [ "$(id -u)" -ne 0 ]; then
    fails 3 "shut" certificate --db $db --certificate "$one" -o shut/x.pdf && [ "$(list certificate certificate="$one" | cut -d, -f20)" = "$before" ]
    report $? "a folder that cannot be written counts no printing"
fi
: > file
fails 2 "file" certificate --db $db --operation 1 -o file/all && [ "$(list certificate certificate="$one" | cut -d, -f20)" = "$before" ]
report $? "a file in place of a folder counts no printing"
mv $db.key key
fails 2 "muster.db.key" certificate --db $db --certificate "$one" -o x.pdf && [ ! -e $db.key ]
report $? "without the key there is no certificate, and no new key"
paper certificate --db $db --certificate "$one" --key-file key -o x.pdf && [ -s x.pdf ]
report $? "a key that lies elsewhere"
mv key $db.key
rm -f x.pdf

# -- appeals -------------------------------------------------------------------------------------------------
team=$(list team | cut -d, -f1)
paper appeal --db $db --team "$team" --contact "许青 0000-0000012" --link jz.example.com/t/7Q2K9 -o appeal.pdf && text appeal.pdf > appeal.txt &&
    grep -q "关于东塘社区值守的倡议书" appeal.txt && grep -q "1 个小区、2 个点位" appeal.txt && grep -q "北门 *3" appeal.txt &&
    grep -q "jz.example.com/t/7Q2K9" appeal.txt && grep -q "许青 0000-0000012" appeal.txt
report $? "an appeal says who is short of what, when, and whom to call"
lacking=$(list team_short team="$team" from_on="$first_day" | awk -F, '{ n += $9 } END { print n }')
view=$(list roster_gap | awk -F, '{ n += $7 } END { print n }')
echo "$lacking and $view" > log
[ "$lacking" -gt 0 ] && [ "$lacking" -eq "$view" ]
report $? "what it lists is what the roster lacks"
paper appeal --db $db --team "$team" --day 2031-01-01 --contact x --lang en -o appeal.pdf && text appeal.pdf > appeal.txt &&
    grep -q "All shifts known so far are filled" appeal.txt
report $? "without a gap it asks for a reserve"
command team.confirm team="$team" leader="$leader" > /dev/null
paper appeal --db $db --team "$team" -o appeal.pdf && text appeal.pdf > appeal.txt && grep -q "队长 周小禾" appeal.txt &&
    grep -q "139 0000 0003" appeal.txt && ! grep -q "139 0000 0001" appeal.txt
report $? "the leader's telephone stands on it, no other"
list audit | grep -q "person.reveal"
report $? "and the audit says that it was shown"
fails 2 "999" appeal --db $db --team 999 -o x.pdf
report $? "an unknown team"
fails 2 "不是日期" appeal --db $db --team "$team" --day tomorrow --contact x -o x.pdf
report $? "a day in words"

# -- requests for a structure -----------------------------------------------------------------------------------
structure=$(command structure.propose team="$team" | number_in)
paper request --db $db --structure "$structure" -o request.pdf && text request.pdf > request.txt &&
    grep -q "关于成立东塘社区服务队临时党总支的请示" request.txt && grep -q "^ *柳堤街道：" request.txt && grep -q "妥否，请批示" request.txt &&
    grep -q "批复文号" request.txt && grep -q "联系人：周小禾 139 0000 0003" request.txt && ! grep -q "超过 60 人" request.txt
report $? "a request goes to the subdistrict, with room for its answer"
for who in 林知远 何建平 周小禾; do grep -q "$who .*第1组" request.txt || echo "$who is missing" >> log; done
! grep -q missing log
report $? "its annex tells everybody's unit"
paper request --db $db --structure "$structure" --lang en -o request.pdf && text request.pdf | grep -q "We ask for your decision"
report $? "a request in English"
fails 2 "999" request --db $db --structure 999 -o x.pdf && [ ! -e x.pdf ]
report $? "an unknown structure"

# -- slips -------------------------------------------------------------------------------------------------------
gift() { command donation.record operation=1 received_on="$today" community_code=999001001001 "$@" | number_in; }
money=$(gift donor_name=沈慧 kind=money amount=2000 purpose=买口罩)
goods=$(gift anonymous=yes kind=goods goods=热水壶 quantity=18 goods_unit=个)
paper slip --db $db --donation "$money" -o slip.pdf && text slip.pdf > slip.txt && grep -q "不作票据" slip.txt && grep -q "沈慧" slip.txt &&
    grep -q "2,000.00 元" slip.txt && grep -q "买口罩" slip.txt && grep -q "柳堤街道 东塘社区" slip.txt
report $? "a slip says who gave what to whom, and that it is no voucher"
paper slip --db $db --donation "$goods" --lang en -o slip.pdf && text slip.pdf > slip.txt && grep -q "anonymous" slip.txt &&
    grep -q "热水壶 18 个" slip.txt && ! grep -q "Purpose" slip.txt
report $? "goods of somebody who stays unnamed; what was not said is left out"
reversal=$(command donation.reverse donation="$money" why=记错 | number_in)
fails 2 "已冲销" slip --db $db --donation "$money" -o x.pdf && fails 2 "冲销" slip --db $db --donation "$reversal" -o x.pdf && [ ! -e x.pdf ]
report $? "of a reversed gift there is none, nor of the reversal"
fails 2 "999" slip --db $db --donation 999 -o x.pdf
report $? "an unknown gift"
fails 2 "$money" slip --db $db --donation "$money" --as "$(id_of person 林知远)" -o x.pdf
report $? "somebody without the right sees no gift"

# -- bulletins ---------------------------------------------------------------------------------------------------
fails 2 "还没有" bulletin --db $db -o x.pdf && [ ! -e x.pdf ]
report $? "without a bulletin there is nothing to print"
command bulletin.draft operation=1 number=3 as_of="$(date +%s)000" issuer=调度组 > /dev/null
paper bulletin --db $db --link muster.example/o/b/3 -o bulletin.pdf && text bulletin.pdf > bulletin.txt && grep -q "第3期" bulletin.txt &&
    grep -q "muster.example/o/b/3" bulletin.txt && pdfinfo bulletin.pdf | grep -q "Pages: *1$"
report $? "a bulletin is one page"
"$muster" bulletin --db $db --number 3 --link muster.example/o/b/3 -o same.pdf > log 2>&1 && cmp bulletin.pdf same.pdf >> log 2>&1
report $? "muster bulletin -o prints the same"
fails 2 "9" bulletin --db $db --number 9 -o x.pdf
report $? "a number that was never drawn up"
fails 2 "还没有" bulletin --db $db --as "$leader" -o x.pdf && ! "$muster" bulletin --db $db --as "$leader" > log 2>&1
report $? "who may not read bulletins is shown none"
command role_grant.add person="$leader" role=auditor scope=all > /dev/null
"$muster" bulletin --db $db --as "$leader" > log 2>&1 && grep -q "第3期" log
report $? "the auditor reads it"

# -- what is wrong with the words ---------------------------------------------------------------------------
fails 2 "哪一种纸件" poster --db $db -o x.pdf
report $? "an unknown kind"
fails 2 "certificate" certificate --db $db -o x.pdf
report $? "a certificate without a number"
fails 2 "三" certificate --db $db --certificate 三 -o x.pdf
report $? "a number in words"
fails 2 "team" certificate --db $db --certificate "$one" --team 1 -o x.pdf
report $? "another kind's number"
fails 2 "打印到哪里" certificate --db $db --certificate "$one"
report $? "no place to print to"
fails 2 "nowhere.db" certificate --db nowhere.db --certificate 1 -o x.pdf && [ ! -e nowhere.db ]
report $? "a database that is not there is not made"
echo "1..$count"
