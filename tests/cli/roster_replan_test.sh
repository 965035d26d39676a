#!/usr/bin/env bash
# muster roster replan: somebody is away, a need is new; the fewest changes, who must be told, and what is refused.
cd "$(dirname "$0")/../.." || exit 1
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
. tests/report.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-replan.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat >"$work/instance.json" <<'END'
{ "days": 3, "kinds": [{ "tag": 1, "start": 480, "end": 720 }],
  "needs": [{ "tag": 1, "day": 0, "kind": 0, "min": 2, "limit": 2 }, { "tag": 2, "day": 1, "kind": 0, "min": 1, "limit": 1 },
            { "tag": 3, "day": 2, "kind": 0, "min": 1, "limit": 1 }],
  "people": [{ "tag": 11, "minutes_max_day": 480, "run_max": 2 }, { "tag": 12, "minutes_max_day": 480 },
             { "tag": 13, "minutes_max_day": 480, "blocked": [[0, 4]] }],
  "published": [{ "person": 0, "need": 0, "told": 2 }] }
END
echo '{"duties":[{"person":11,"need":1},{"person":12,"need":1},{"person":12,"need":2},{"person":13,"need":3}]}' >"$work/roster.json"
replan() { # what, the code it ends with, the arguments
    rm -f "$work/out.json"
    "$muster" roster replan "$work/instance.json" "$work/roster.json" "${@:3}" -o "$work/out.json" --lang en >"$work/log" 2>&1
    [ $? -eq "$2" ]
    report "$1"
}
says() { # what, a text that must stand in the output
    grep -qF -- "$2" "$work/log"
    report "$1"
}
has() { # what, a text that must stand in the new roster
    grep -qF -- "$2" "$work/out.json"
    report "$1"
}

replan "nothing happened" 0
says "then nothing changes" "Changed person-days: 0, of them 0 that could not stay. Shown: no roster does it with fewer."
replan "somebody is away on the last day" 0 --absent 13 --days 2
says "two person-days change" "Changed person-days: 2, of them 1 that could not stay. Shown: no roster does it with fewer."
says "who goes" "person 13 leaves need 3"
says "both are told" "People to tell: 2."
has "the seat is taken" '"need":3'
"$muster" roster check "$work/instance.json" "$work/out.json" >/dev/null
report "the new roster is legal"
replan "where nobody else may come it ends with 1" 1 --absent 11 --days 0
says "what is lost is said" "Still missing of what was there: 1."
says "a duty told before is named as such" "person 11 leaves need 1, which had been told"
sed 's/"tag": 3, "day": 2, "kind": 0, "min": 1, "limit": 1/"tag": 3, "day": 2, "kind": 0, "min": 2, "limit": 2/' \
    "$work/instance.json" >"$work/more.json" && mv "$work/more.json" "$work/instance.json"
replan "a need that wants more now is filled when asked for" 0 --all-gaps
says "with one change" "Changed person-days: 1, of them 0 that could not stay."
"$muster" roster replan "$work/instance.json" "$work/roster.json" --absent 13 --days 2 -o "$work/out.json" --lang zh-CN >"$work/log"
says "in Chinese too" "改动人日 2 个，其中 1 个是无法保留的。已证明不能更少。"

refused() { # what, the text, the arguments
    rm -f "$work/out.json"
    "$muster" roster replan "${@:3}" --lang en >"$work/log" 2>&1
    [ $? -eq 2 ] && grep -qF -- "$2" "$work/log" && [ ! -e "$work/out.json" ]
    report "$1"
}
both=("$work/instance.json" "$work/roster.json" -o "$work/out.json")
refused "no file for the result" "muster roster replan INSTANCE SOLUTION" "$work/instance.json" "$work/roster.json"
refused "days of nobody" "muster roster replan INSTANCE SOLUTION" "${both[@]}" --days 1
refused "somebody who is not there" "There is no person 99" "${both[@]}" --absent 99
refused "days past the end" 'from 0 to 2, not "1-3"' "${both[@]}" --absent 11 --days 1-3
refused "days that are none" 'from 0 to 2, not "-1"' "${both[@]}" --absent 11 --days -1
refused "days backwards" 'from 0 to 2, not "2-1"' "${both[@]}" --absent 11 --days 2-1
refused "an unknown option" "--abscent" "${both[@]}" --abscent 11
refused "a file that is not there" "nowhere.json" "$work/instance.json" "$work/nowhere.json" -o "$work/out.json"
printf 'SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=4,1440,960,3,2,1,1\nSECTION_COVER\n0,E,1,100,1\n' >"$work/public.txt"
refused "the public text form" "has no minimum" "$work/public.txt" "$work/roster.json" -o "$work/out.json"
echo "1..$count"
exit "$failed"
