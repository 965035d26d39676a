#!/usr/bin/env bash
# Plays games of the nurse rostering competition week by week, as there: no call sees another week.
#   bench/inrc2.sh SECONDS|full INSTANCE...     such as n030w4_1_6-2-9-1; full: 10 + 3(N-20) seconds a week
# Data from MUSTER_DATA (../shared/data); MUSTER names the program, SEED the seed. With KEEP=FOLDER the files stay.
set -uo pipefail
cd "$(dirname "$0")/.."
data=${MUSTER_DATA:-../shared/data}/rosters/inrc2
muster=${MUSTER:-build/release/muster}
[ -d "$data" ] || { echo "skipped: no $data"; exit 0; }
[ $# -ge 2 ] || { sed -n '2,4p' "$0"; exit 2; }
time=$1
shift

# The burden of a solution, by the program's own judge; it must be legal.
cost_of() {
    local said
    said=$("$muster" roster check --inrc2 "$@" --lang en) || { echo "$said" >&2; return 1; }
    sed -nE 's/^Cost:.* burden ([0-9]+)$/\1/p' <<<"$said"
}

play() {
    local instance=$1 set=${1%%_*} rest=${1#*_} total=0 week=0 costs= file custom=() cost
    local history=$data/$set/H0-$set-${rest%%_*}.txt scenario=$data/$set/Sc-$set.txt weeks=${rest#*_}
    local nurses=${set#n} seconds=$time work=${KEEP:-$(mktemp -d /tmp/muster-inrc2.XXXXXX)}
    nurses=$((10#${nurses%%w*}))
    [ "$time" = full ] && seconds=$((nurses > 20 ? 10 + 3 * (nurses - 20) : 10))
    mkdir -p "$work"
    for file in ${weeks//-/ }; do
        "$muster" roster solve --inrc2 "$scenario" "$history" "$data/$set/WD-$set-$file.txt" "${custom[@]}" \
            --custom-out "$work/$week.custom" --seconds "$seconds" --seed "${SEED:-1}" -o "$work/$week.sol" >"$work/$week.json" ||
            { echo "$instance: no roster for week $week"; return 1; }
        cost=$(cost_of "$scenario" "$history" "$data/$set/WD-$set-$file.txt" "$work/$week.sol" --history-out "$work/$week.his") ||
            return 1
        history=$work/$week.his custom=(--custom-in "$work/$week.custom")
        costs+=" $cost" total=$((total + cost)) week=$((week + 1))
    done
    echo "$instance ${seconds}s:$costs = $total"
    [ -n "${KEEP:-}" ] || rm -rf "$work"
}

for instance in "$@"; do play "$instance"; done
