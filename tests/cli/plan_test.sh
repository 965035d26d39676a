#!/usr/bin/env bash
# muster plan from the outside: the examples give rosters, a second run changes nothing, bad input ends as promised.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
tables=(--divisions data/divisions_xuzhou.csv --gazetteer examples/gazetteer.csv --from 2020-02-08 --steps 4000)
plan() { "$muster" plan "$@" "${tables[@]}" > "$work/log" 2>&1; }
example=(examples/people_1.csv examples/people_2.xlsx examples/people_3.csv examples/needs.xlsx
    --availability examples/availability.csv)
ends() { # exit code, words expected in the message, name, arguments of plan ...
    local want=$1 words=$2 name=$3
    shift 3
    plan "$@"
    local got=$?
    echo "exit $got, wanted $want with: $words" >> "$work/log"
    [ "$got" -eq "$want" ] && grep -q "$words" "$work/log"
    report $? "$name"
}

plan "${example[@]}" -o "$work/out"
report $? "the examples are planned"
[ "$("$muster" view team --db "$work/out/muster.db" --count)" = 12 ]
report $? "twelve teams"
[ "$("$muster" view roster_duty --db "$work/out/muster.db" --count)" -gt 600 ]
report $? "over 600 duties stand"
[ "$(ls "$work/out"/*.pdf | wc -l)" -ge 48 ] && [ "$(ls "$work/out"/*.xlsx | wc -l)" -ge 12 ]
report $? "each team has its papers"
"$muster" view roster_gap --db "$work/out/muster.db" --csv > "$work/log"
[ "$(wc -l < "$work/log")" -gt 1 ] && ! grep -q ',$' "$work/log"
report $? "each gap has a reason"
holds() { # file of the plan, words wanted in its PDF ...
    local file=$1 word
    shift
    pdftotext -layout "$file" "$work/log" || return 1
    for word in "$@"; do grep -qF "$word" "$work/log" || return 1; done
}
one=$work/out/响山社区服务队
holds "$one-门岗单.pdf" 子房街道 岗位须知 不翻包 扫码记下本岗 值班表第1版 单号
report $? "a door sheet says where, what to do and which roster"
holds "$one-电话单.pdf" "139 0000 " 有完整电话 只给 "月10日" "月12日"
report $? "a call list has telephones, every duty, and whom it is for"
holds "$one-签到表.pdf" 2020年2月8日 2020年2月14日 "单号 0214-1"
report $? "each day has its sign-in sheet"
holds "$one-值班表.pdf" 已发布第1版，2月 && ! grep -qE '1[0-9]{2} ?[0-9]{4} ?[0-9]{4}.*1[0-9]{2} ?[0-9]{4} ?[0-9]{4}.*1[0-9]{2} ?[0-9]{4} ?[0-9]{4}' "$work/log"
report $? "a roster says when it was published and has no telephones but two"
"$muster" view audit --db "$work/out/muster.db" --csv > "$work/log"
[ "$(grep -c person.reveal "$work/log")" -ge 12 ] && ! grep -qE '1390000[0-9]{4}' "$work/log"
report $? "showing telephones is on record, without them"
"$muster" view person --db "$work/out/muster.db" --csv > "$work/log"
grep -qF '****' "$work/log" && ! grep -qE '1390000[0-9]{4}' "$work/log"
report $? "elsewhere telephones are masked"
rosters=$("$muster" view roster --db "$work/out/muster.db" --csv)
plan "${example[@]}" -o "$work/out"
[ "$rosters" = "$("$muster" view roster --db "$work/out/muster.db" --csv)" ]
report $? "the same files twice change nothing"
plan "${example[@]}" -o "$work/dry" --dry-run && [ ! -e "$work/dry" ]
report $? "a dry run writes nothing"

: > "$work/empty.csv"
head -c 4000 /dev/urandom > "$work/binary.xlsx"
head -c 3000 examples/people_2.xlsx > "$work/cut.xlsx"
printf 'a,b,c\n1,2,3\n' > "$work/header.csv"
printf '姓名,手机,住址\n林知远,13900001111,云川市东塘社区桃溪花园3号楼\n' > "$work/elsewhere.csv"
head -c 11000000 /dev/zero | tr '\0' 'x' > "$work/cell.csv"
ends 2 missing.csv "a missing file is named" "$work/missing.csv" examples/needs.xlsx -o "$work/b1"
ends 2 "$work" "a directory is named" "$work" examples/needs.xlsx -o "$work/b2"
ends 2 empty.csv "an empty file is named" "$work/empty.csv" examples/needs.xlsx -o "$work/b3"
ends 2 binary.xlsx "a binary file is named" "$work/binary.xlsx" examples/needs.xlsx -o "$work/b4"
ends 2 cut.xlsx "a truncated file is named" "$work/cut.xlsx" examples/needs.xlsx -o "$work/b5"
ends 2 header.csv "no header is said so" "$work/header.csv" examples/needs.xlsx -o "$work/b6"
ends 2 cell.csv "a cell of 10 MB is refused" "$work/cell.csv" examples/needs.xlsx -o "$work/b7"
ends 2 place_queue "nobody placed is said so" "$work/elsewhere.csv" examples/needs.xlsx -o "$work/b8"
ends 2 nonsense "an unknown option is named" examples/people_1.csv examples/needs.xlsx --nonsense -o "$work/b9"
mkdir "$work/foreign" && echo "not a database, but long enough to be looked at" > "$work/foreign/muster.db"
ends 3 muster.db "a database that is not ours is left alone" "${example[@]}" -o "$work/foreign"
grep -q "long enough" "$work/foreign/muster.db"
report $? "and nothing in it was touched"
exec 9> "$work/out/muster.db.lock" && flock -n 9
ends 3 muster.db "a locked database is said so" "${example[@]}" -o "$work/out"
exec 9>&-
echo "1..$count"
