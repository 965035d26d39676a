#!/usr/bin/env bash
# The roster engine's figures of docs/benchmarks.md, measured again; `make bench-roster` builds and calls it.
#   SECONDS_MAX=60 the longest look   RUNS=1 seeds, medians of them   PARTS=duty or shift24 for some of it
#   INSTANCES="1 5 7" of shift24      MUSTER_DATA=../shared/data where the public instances are
set -uo pipefail
cd "$(dirname "$0")/.."
data=${MUSTER_DATA:-../shared/data}/rosters/shift24
longest=${SECONDS_MAX:-60} runs=${RUNS:-1} parts=${PARTS:-duty shift24}
bench=build/release/bench/roster_bench
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

echo "machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), load $(cut -d ' ' -f 1-3 /proc/loadavg)"

median() { sort -g | awk '{ s[NR] = $0 } END { print s[int((NR + 1) / 2)] }'; } # of one column
published() { # instance, heading: from the table beside the data
    awk -F ' *[|] *' -v want="$2" -v i="$1" '$2 == "inst" { for (k = 2; k <= NF; k++) if (index($k, want) == 1) at = k }
        at && $2 == i { print $at; exit }' "$data/README.md"
}
cbc_value() { # a file, seconds: what CBC has by then
    command -v cbc >/dev/null || { echo "not installed"; return; }
    $bench lp "$1" >"$work/model.lp" && cbc "$work/model.lp" sec "$2" solve solu "$work/found" >"$work/log" 2>&1
    awk 'NR == 1 { if (/[Ii]nfeasible|no integer|No integer/) print "none"; else printf "%.0f\n", $NF }' "$work/found" 2>/dev/null || echo none
}
shift24_row() { # a file
    local i=${1##*Instance} marks=1 row k
    i=${i%.txt}
    for k in 10 60 600; do [ "$k" -le "$longest" ] && marks="$marks $k"; done
    : >"$work/rows"
    for ((row = 1; row <= runs; row++)); do $bench shift24 "$1" "$row" $marks >>"$work/rows" || return; done
    printf '| %s |' "$i"
    for ((k = 1; k <= $(echo $marks | wc -w) + 2; k++)); do printf ' %s |' "$(cut -d ' ' -f $k "$work/rows" | median)"; done
    for k in "best known" "EC 10" "Gurobi 10" "IP&VNS 10" "FR/FO+SA 10"; do printf ' %s |' "$(published "$i" "$k")"; done
    case $i in 1 | 5 | 7) for k in $marks; do printf ' %s' "$(cbc_value "$1" "$k")"; done ;; esac
    printf ' |\n'
}

for part in $parts; do
    case $part in
    duty)
        echo "== made-up teams: several duties a day; costs are levels 0 to 5: rules, minimum, shape, changes, target, burden"
        $bench duty 1 2
        echo "== a city of made-up teams at once (seconds on the wall)"
        $bench city 1 40000
        ;;
    shift24)
        echo "== the public instances (Curtois and Qu); values at seconds of one core, median of $runs"
        if [ ! -d "$data" ]; then
            echo "skipped: no $data (set MUSTER_DATA)"
            continue
        fi
        command -v cbc >/dev/null || echo "CBC skipped: apt-get install coinor-cbc"
        looks="1 s" rule="---"
        for k in 10 60 600; do [ "$k" -le "$longest" ] && looks="$looks | $k s" && rule="$rule|---"; done
        echo "| instance | first legal, s | $looks | bound | best known | EC 10 min | Gurobi 10 min | IP&VNS 10 min | FR/FO+SA 10 min | CBC at the same seconds |"
        echo "|---|---|$rule|---|---|---|---|---|---|---|"
        for i in ${INSTANCES:-$(seq 24)}; do
            [ -f "$data/Instance$i.txt" ] && shift24_row "$data/Instance$i.txt"
        done
        ;;
    *)
        echo "$part: there is duty and shift24" && exit 2
        ;;
    esac
done
