#!/usr/bin/env bash
# Who may be one among 20,000 made-up people, 2 in 100 of them twice: the view, and plain joins on the same database.
#   bench/doubles.sh [PEOPLE]        MUSTER_BENCH_PG=postgresql://... (an empty database): on PostgreSQL too
set -uo pipefail
cd "$(dirname "$0")/.."
people=${1:-20000}
muster=build/release/muster
work=$(mktemp -d /tmp/muster-doubles.XXXXXX)
trap 'rm -rf "$work"' EXIT
# Names repeat as they do: 30 family names of falling weight, 1,600 given ones. Of the doubles a third each: another writing of
# one home, no telephone on the second list, a dot in the name. Every 50th person has a wife with his telephone.
LC_ALL=C awk -v n="$people" -v out="$work" '
function sign(of, at) { return substr(of, 3 * int(at) + 1, 3) } # bytes: each sign has three
BEGIN {
    srand(7)
    family = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
    given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力鑫波宁福生龙元全"
    for (i = 0; i < n; i++) {
        name = sign(family, 30 * rand() * rand()) sign(given, 40 * rand()) sign(given, 40 * rand())
        phone = sprintf("130%08d", i); a = int(rand() * 40) + 1; u = int(rand() * 4) + 1; d = int(rand() * 18) + 1
        print name "," phone ",桃溪花园" a "号楼" u "单元" d "01室,支部" i % 200 > out "/one.csv"
        if (i % 50 == 0)
            print name "," (i % 150 == 0 ? sprintf("150%08d", i) : i % 150 == 50 ? "" : phone) "," (i % 150 == 0 ? "桃溪花园" a "-" u "-" d "01" : "") ",另一支部" > out "/two.csv"
        if (i % 50 == 25)
            print "孙" name "," phone ",,家属" > out "/two.csv"
    }
}'
sed -i '1i 姓名,手机,住址,支部' "$work/one.csv" "$work/two.csv"
ms() { # the middle of five runs
    for _ in 1 2 3 4 5; do local from; from=$(date +%s%N); "$@" >/dev/null || echo "failed: $*" >&2; echo $((($(date +%s%N) - from) / 1000)); done |
        sort -n | awk 'NR == 3 { printf "%.1f ms", $1 / 1000 }'
}
export MUSTER_KEY_FILE=$work/key # PostgreSQL has no file beside it
join="SELECT count(*) FROM person a JOIN person b ON b.phone = a.phone AND b.id > a.id WHERE a.phone <> '' AND b.phone <> ''"
measure() { # engine, database, the engine's own client
    local engine=$1 db=$2
    shift 2
    "$muster" command operation.open title=Bench zone=Asia/Shanghai --db "$db" >/dev/null || exit 1
    "$muster" import --db "$db" --apply "$work/one.csv" >/dev/null && "$muster" import --db "$db" --apply "$work/two.csv" >/dev/null
    echo "$engine: people $("$muster" view person --db "$db" --count), pairs $("$muster" view person_double --db "$db" --count), to be asked $("$muster" view person_double question=1 --db "$db" --count)"
    echo "  the program alone (muster view operation --count): $(ms "$muster" view operation --db "$db" --count)"
    echo "  person_double, counted: $(ms "$muster" view person_double --db "$db" --count)"
    echo "  person_double, all rows: $(ms "$muster" view person_double --db "$db")"
    echo "  one join by telephone, the engine's own client: $(ms "$@" "$join")"
}
measure SQLite "$work/doubles.db" sqlite3 -batch "$work/doubles.db"
[ -n "${MUSTER_BENCH_PG:-}" ] && measure PostgreSQL "$MUSTER_BENCH_PG" psql -qAt "$MUSTER_BENCH_PG" -c
exit 0
