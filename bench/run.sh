#!/usr/bin/env bash
# What docs/benchmarks.md quotes, measured again; `make bench` builds and calls it. RUNS=9 for calmer medians.
set -uo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-bench.XXXXXX")
mkdir "$work/logs"
. tools/postgres.sh
finish() {
    postgres_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

echo "== import: 20,000 people as XLSX, against .import of the same rows as CSV"
build/release/bench/import_bench "$work" 20000 "$runs"

echo "== submit: one command from 64 threads, against a bare loop"
if [ -n "$bin" ]; then
    if postgres_start ""; then # as it comes: fsync and synchronous_commit on
        export MUSTER_BENCH_PG=$postgres_url
    else
        echo "PostgreSQL did not start:" && tail -n 5 "$work/logs/server"
    fi
fi
build/release/bench/submit_bench "$work" 2 "$runs"

echo "== check: 1,000,000 rows of the record, against a bare loop that reads and hashes them"
build/release/bench/check_bench "$work" 1000000 "$runs"

echo "== certificates: 1,000 as PDF, against a bare pango and cairo loop that draws the same texts"
build/release/bench/certificate_bench "$work" 1000 "$runs"

plan_once() { # the command of ./run, into a new folder
    build/release/bench/plan_bench plan examples/people_1.csv examples/people_2.xlsx examples/people_3.csv \
        examples/needs.xlsx --availability examples/availability.csv --divisions data/divisions_xuzhou.csv \
        --gazetteer examples/gazetteer.csv --from 2020-02-08 -o "$work/plan$1"
}
demo_once() {
    build/release/bench/plan_bench demo -o "$work/demo$1" --seed 1
}
phases() { # plan or demo, its phases: medians of all runs
    local what=$1 from phase i
    shift
    for ((i = 1; i <= runs; i++)); do
        from=$(date +%s.%N)
        "${what}_once" "$i" 2>&1 >"$work/logs/$what" | grep '^phase' >"$work/logs/$what-phases$i"
        [ "${PIPESTATUS[0]}" -eq 0 ] || { echo "$what failed:" && tail -n 5 "$work/logs/$what"; exit 1; }
        echo "phase total $(echo "$(date +%s.%N) $from" | awk '{ printf "%.3f", $1 - $2 }') $(tail -n 1 "$work/logs/$what-phases$i" |
            cut -d ' ' -f 4-)" >>"$work/logs/$what-phases$i"
        rm -rf "$work/$what$i"
    done
    for phase in "$@" total; do
        cat "$work"/logs/"$what"-phases* | grep "^phase $phase " | sort -k 3 -n |
            awk -v phase="$phase" '{ s[NR] = $3; m[NR] = $4; c[NR] = $5 } END { k = int((NR + 1) / 2)
                printf "  %-15s %6.3f s (median of %d), peak so far %d MiB, of a child %d MiB\n", phase, s[k], NR, m[k], c[k] }'
    done
}
echo "== plan: ./run, where the time goes"
phases plan plan_read plan_store plan_place plan_needs plan_rosters plan_print

echo "== demo: the weekend, where the time goes"
phases demo demo_commanders demo_city demo_people demo_roles demo_place demo_order demo_teams demo_plan demo_duty demo_after
