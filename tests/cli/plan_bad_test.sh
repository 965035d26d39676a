#!/usr/bin/env bash
# muster plan from the outside: what cannot be used is refused by name, and nothing half written is left.
cd "$(dirname "$0")/../.." || exit 1
flavour=asan
[ -x build/asan/muster ] || flavour=release
work=$(mktemp -d)
full=
finish() {
    [ -z "$full" ] || umount "$full"
    rm -rf "$work"
}
trap finish EXIT
. tests/report.sh
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# All it needs stands in $work, so that another user can run it too.
chmod 755 "$work"
cp "build/$flavour/muster" tests/lsan.supp data/divisions_xuzhou.csv examples/gazetteer.csv "$work"
export LSAN_OPTIONS=suppressions=$work/lsan.supp:print_suppressions=0:exitcode=99
mkdir "$work/s"
printf '%s\n' '姓名,手机,住址' 林知远,13900001111,松涛雅苑3号楼 沈慧,13900001112,青禾家园5号楼 \
    周平,13900001113,松涛雅苑1号楼 何敏,13900001114,青禾家园2号楼 > "$work/s/people.csv"
printf '%s\n' 社区,小区,日期,班次,每班人数 民健社区,松涛雅苑,2020-02-08,8:00-12:00,1 > "$work/s/needs.csv"
cd "$work" || exit 1
tables=(--divisions divisions_xuzhou.csv --gazetteer gazetteer.csv --from 2020-02-08 --lang en)
plan() { ./muster plan "$@" "${tables[@]}" --steps 500 > log 2>&1; }
whole() { # the folder holds no half file, and its database, if there is one, is sound
    [ -z "$(find "$1" -name '*.part' -print -quit)" ] || return 1
    local f
    for f in "$1"/*.pdf; do
        [ ! -e "$f" ] || [ "$(tail -c 6 "$f" | head -c 5)" = "%%EOF" ] || return 1
    done
    [ ! -s "$1/muster.db" ] || [ "$(sqlite3 "$1/muster.db" 'PRAGMA integrity_check')" = ok ]
}
refused() { # exit code, words expected, name, arguments of plan
    local want=$1 words=$2 name=$3 out=out$count
    shift 3
    plan "$@" -o "$out"
    local got=$?
    echo "exit $got, wanted $want with: $words" >> log
    [ "$got" -eq "$want" ] && grep -q -- "$words" log && { [ ! -d "$out" ] || [ -z "$(ls -A "$out")" ]; }
    report $? "$name"
}

plan s/people.csv s/needs.csv -o good && ls good/*.pdf >> log
report $? "the sheets of this test are good ones"

# -- workbooks: a package is written by hand, packed by gzip, whose end holds the sum and the length -------
le() { # bytes, number
    local i
    for ((i = 0; i < $1; i++)); do printf "\\x$(printf %02x $((($2 >> (8 * i)) & 255)))"; done
}
pack() { # package, part; its content comes in
    local size at=0 end
    gzip -nc > part.gz
    size=$(($(stat -c %s part.gz) - 18))
    read -ra end <<< "$(tail -c 8 part.gz | od -An -tu4)"
    [ ! -e "$1.body" ] || at=$(stat -c %s "$1.body")
    { le 2 20; le 2 0; le 2 8; le 4 0; le 4 "${end[0]}"; le 4 $size; le 4 "${end[1]}"; le 2 ${#2}; le 2 0; } > head
    { printf 'PK\3\4'; cat head; printf %s "$2"; tail -c +11 part.gz | head -c $size; } >> "$1.body"
    { printf 'PK\1\2'; le 2 20; cat head; le 6 0; le 4 0; le 4 "$at"; printf %s "$2"; } >> "$1.list"
}
pack_end() { # package, number of its parts
    { cat "$1.body" "$1.list"; printf 'PK\5\6'; le 4 0; le 2 "$2"; le 2 "$2"; le 4 "$(stat -c %s "$1.list")"
        le 4 "$(stat -c %s "$1.body")"; le 2 0; } > "$1"
}
book() { # package, sheets of the workbook; the rows come in
    pack "$1" xl/worksheets/sheet1.xml
    pack "$1" xl/workbook.xml <<< "<workbook xmlns='m' xmlns:r='o'>$2</workbook>"
    pack "$1" xl/_rels/workbook.xml.rels <<< "<Relationships xmlns='p'><Relationship Id='r1' \
Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
    pack_end "$1" 3
}
sheets="<sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets>"
cells() {
    local word
    for word in "$@"; do printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$word"; done
}
{ printf "<worksheet xmlns='m'><sheetData><row>"; cells 姓名 手机 住址; printf '</row><row>'
    cells 林知远 13900001111 松涛雅苑3号楼; printf '</row></sheetData></worksheet>'; } > rows.xml
book good.xlsx "$sheets" < rows.xml
plan good.xlsx s/needs.csv -o good_book
report $? "a workbook packed by hand is read"
book none.xlsx "" < rows.xml
refused 2 none.xlsx "a workbook with no sheet" none.xlsx s/needs.csv
{ printf '<!DOCTYPE x [<!ENTITY a "b">]>'; cat rows.xml; } | book doctype.xlsx "$sheets"
refused 2 doctype.xlsx "a workbook with a DOCTYPE" doctype.xlsx s/needs.csv
head -c 200000000 /dev/zero | tr '\0' ' ' | book bomb.xlsx "$sheets"
refused 2 bomb.xlsx "a zip bomb" bomb.xlsx s/needs.csv
head -c $(($(stat -c %s good.xlsx) / 2)) good.xlsx > cut.xlsx
refused 2 cut.xlsx "a truncated workbook" cut.xlsx s/needs.csv
{ head -c 60 good.xlsx; head -c 200 /dev/urandom; tail -c +261 good.xlsx; } > hurt.xlsx
refused 2 hurt.xlsx "a workbook with damaged bytes" hurt.xlsx s/needs.csv

# -- other files --------------------------------------------------------------------------------------------
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' > picture.csv
refused 2 picture.csv "a picture" picture.csv s/needs.csv
refused 2 muster "a program as the list of people" muster s/needs.csv
{ printf '\xff\xfe'; tr , '\t' < s/people.csv | iconv -t UTF-16LE; } > wide.txt
plan wide.txt s/needs.csv -o wide && [ "$(./muster view person --db wide/muster.db --count)" = 4 ]
report $? "UTF-16 with tabs is read as meant"
head -c 41 wide.txt > half.txt
refused 2 half.txt "UTF-16 cut within a letter" half.txt s/needs.csv
printf '姓名,手机\n\xff\xff\x80,1\n' > coded.csv
refused 2 coded.csv "an unknown encoding" coded.csv s/needs.csv
refused 2 needs.csv "no list of people at all" s/needs.csv s/needs.csv

# -- what this user may not do ------------------------------------------------------------------------------
cp s/people.csv secret.csv && chmod 000 secret.csv
mkdir -p shut && chmod 555 shut
as_nobody=()
[ "$(id -u)" -ne 0 ] || as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
denied() { # words, name, arguments of plan
    local words=$1 name=$2
    shift 2
    "${as_nobody[@]}" ./muster plan "$@" "${tables[@]}" > log 2>&1
    local got=$?
    echo "exit $got, wanted 3 with: $words" >> log
    [ "$got" -eq 3 ] && grep -q "$words" log
    report $? "$name"
}
if "${as_nobody[@]}" true 2> /dev/null; then
    mkdir open && chmod 777 open
    denied secret.csv "a file this user may not read" secret.csv s/needs.csv -o open/a
    denied shut "a folder this user may not write" s/people.csv s/needs.csv -o shut/a
else
    skip "a file this user may not read" "cannot become another user"
    skip "a folder this user may not write" "cannot become another user"
fi

# -- the database -------------------------------------------------------------------------------------------
cp -r good newer
sqlite3 newer/muster.db 'UPDATE installation SET schema_version = 9999' && cp newer/muster.db before.db
plan s/people.csv s/needs.csv -o newer
status=$?
echo "exit $status" >> log
[ $status -eq 3 ] && grep -q muster.db log && cmp -s newer/muster.db before.db
report $? "a database of a newer version is left alone"
head -c 20000 good/muster.db > short.db && mkdir cutdb && cp short.db cutdb/muster.db
plan s/people.csv s/needs.csv -o cutdb
[ $? -eq 3 ] && grep -q muster.db log
report $? "a truncated database is refused"

# -- the disk is full, wherever it happens; with room again the same command ends well -----------------------
stopped_then_done() { # folder, name; log and status of the stopped run are there
    local status=$1 out=$2 name=$3
    { [ "$status" -eq 3 ] && [ -s log ] && whole "$out"; } || { report 1 "$name"; return; }
    plan s/people.csv s/needs.csv -o "$out" && whole "$out" && [ "$(ls "$out"/*.pdf | wc -l)" -eq 4 ]
    report $? "$name"
}
for kib in 1 100 700; do
    (ulimit -f $kib && plan s/people.csv s/needs.csv -o "limit$kib")
    stopped_then_done $? "limit$kib" "no file may be larger than $kib KiB"
done
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=1m none disk 2> /dev/null; then
    full=$work/disk
    for kib in 8 300 1000; do
        rm -rf disk/*
        mount -o remount,size=${kib}k disk
        plan s/people.csv s/needs.csv -o disk/out
        status=$?
        mount -o remount,size=16m disk
        stopped_then_done $status disk/out "a disk of $kib KiB"
    done
else
    skip "a full disk" "no file system may be mounted here"
fi

# -- Ctrl-C goes to the whole group, at any moment -----------------------------------------------------------
for wait in 0.2 0.6 1.2; do
    setsid ./muster plan s/people.csv s/needs.csv "${tables[@]}" --steps 2000000000 -o "stop$wait" > log 2>&1 &
    child=$!
    sleep "$wait"
    kill -INT -- "-$child"
    wait "$child"
    status=$?
    echo "exit $status" >> log
    [ "$status" -eq 130 ] && whole "stop$wait" && plan s/people.csv s/needs.csv -o "stop$wait" && whole "stop$wait" &&
        [ "$(ls "stop$wait"/*.pdf | wc -l)" -eq 4 ]
    report $? "stopped after $wait s, the next run goes on"
done
echo "1..$count"
