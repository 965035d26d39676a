#!/usr/bin/env bash
# muster roster explain: the worked example of the model in words and for machines, and what cannot be explained.
cd "$(dirname "$0")/../.." || exit 1
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
. tests/report.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-explain.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat >"$work/instance.json" <<'END'
{ "days": 2, "weekday": 5, "fair": true,
  "kinds": [{ "tag": 1, "start": 480, "end": 720 }, { "tag": 2, "start": 720, "end": 960 },
            { "tag": 3, "start": 1200, "end": 1560, "night": true }],
  "needs": [{ "tag": 1, "day": 0, "kind": 0, "min": 3 }, { "tag": 2, "day": 0, "kind": 1, "min": 2 },
            { "tag": 3, "day": 0, "kind": 2, "min": 2, "not_alone": true }, { "tag": 4, "day": 1, "kind": 0, "min": 2 }],
  "people": [{ "tag": 11, "minutes_max_day": 480, "rest_night_minutes": 480 },
             { "tag": 12, "minutes_max_day": 480, "rest_night_minutes": 480, "blocked": [[2, 8]] },
             { "tag": 13, "minutes_max_day": 480, "rest_night_minutes": 480, "blocked": [[0, 4]] },
             { "tag": 14, "minutes_max_day": 480, "rest_night_minutes": 480, "blocked": [[3, 4]] }] }
END
duties() { # person:need ...
    local d list=
    for d in "$@"; do list+="${list:+,}{\"person\":${d%:*},\"need\":${d#*:}}"; done
    echo "{\"duties\":[$list]}"
}
duties 11:1 12:1 11:2 12:2 13:3 14:3 11:4 12:4 >"$work/roster.json"
explain() {
    "$muster" roster explain "$work/instance.json" "$@" >"$work/log" 2>&1
}
says() { # what, a text that must stand in the output
    grep -qF -- "$2" "$work/log"
    report "$1"
}

explain "$work/roster.json" --lang en
says "the whole is as good as it can be" "Shown: no roster can fill one place more (level of the minimum: 1)."
says "the ledger names them" "need 1 lacks 1: of 3 who could come, 2 are there, person 13 cannot come; person 14 would pass the hours of the day."
says "the verdict stands there" "Shown: with these people and rules it cannot be fewer."
says "the certificate can be followed" "need 1×1, need 3×1, 5 wanted in all; what each person alone could give adds up to 4; 1 short, highest price 1, so at least 1 of these stay missing; 1 are."
says "the cheapest lever comes first" "Lever 1 (cost 5): Letting person 14 do 10 hours that day would fill one place."
says "with what changes and what it does" "person 14 to need 1; the six costs go from 0 1 "
says "then one more person" "Lever 2 (cost 10): One more person for this post would fill one place."
explain "$work/roster.json" --lang zh
says "in Chinese too" "需求1缺1人：能来的3人里，2人已在岗，人员13不能来，人员14再排就超过当天时长。已证明"
explain "$work/roster.json" --need 2 --lang en
says "a need that is filled says so" "need 2 lacks nobody."
explain "$work/roster.json" --json
says "for machines: the ledger" '"ledger":[{"person":13,"reason":"cannot"},{"person":14,"reason":"minutes_day","value":600,"max":480}]'
says "for machines: the certificate" '"certificate":{"prices":[{"need":1,"price":1},{"need":3,"price":1}],"lines":[{"person":11,"worth":1},{"person":12,"worth":1},{"person":13,"worth":1},{"person":14,"worth":1}],"wanted":5,"able":4,"shortage":1,"price_max":1,"sure":1,"missing":1}'
says "for machines: the lever" '"kind":"limit","cost":5,"person":14,"rule":"minutes_day","old":480,"new":600,"remove":[],"add":[{"person":14,"need":1}]'
says "for machines: the new person" '"kind":"person","cost":10,"people":1,"remove":[],"add":[{"new":1,"need":1}]'
explain "$work/roster.json" --need 4 --person 11 --lang en
says "why somebody stands there" "person 11 at need 4: nobody else could come as things are."
says "who would have to give up what" "person 13: would have to leave need 3 (would not get enough rest); nothing else that day, 6 hours in all"
says "and who cannot" "person 14: cannot come"
explain "$work/roster.json" --need 4 --person 11 --json
says "for machines too" '"substitutes":[{"person":13,"reason":"rest","able":true,"gives_up":3,"other_need":3,"free_that_day":true,"minutes":360,'
duties 11:1 12:1 13:3 14:3 11:4 >"$work/few.json"
explain "$work/few.json" --need 4 --person 11 --lang en
says "who is next, and what tells them apart" "person 11 at need 4: of 1 who could come instead the next is person 12; both suit as well."
duties 11:1 12:1 11:2 12:2 11:4 12:4 >"$work/worse.json"
explain "$work/worse.json" --lang en
says "what stays open is said to be" "Perhaps up to 2 fewer are possible."
says "and who could simply be added" "person 14 could be added"

refused() { # what, the text, the arguments
    "$muster" roster explain "${@:3}" --lang en >"$work/log" 2>&1
    [ $? -eq 2 ] && grep -qF -- "$2" "$work/log"
    report "$1"
}
refused "without a roster" "muster roster explain INSTANCE SOLUTION" "$work/instance.json"
refused "a file that is not there" "nowhere.json" "$work/instance.json" "$work/nowhere.json"
refused "an unknown option" "--nede" "$work/instance.json" "$work/roster.json" --nede 1
refused "a need that is not there" "There is no need 9" "$work/instance.json" "$work/roster.json" --need 9
refused "a need that is no number" "There is no need x" "$work/instance.json" "$work/roster.json" --need x
printf '{"duties":\n[' >"$work/bad.json"
refused "a seat without its need" "muster roster explain INSTANCE" "$work/instance.json" "$work/roster.json" --person 11
refused "a seat of somebody else" "Person 14 is not at this need" "$work/instance.json" "$work/roster.json" --need 4 --person 14
refused "a roster cut short" "not readable JSON (line 2)" "$work/instance.json" "$work/bad.json"
echo '{"duties":[{"person":11,"need":9}]}' >"$work/bad.json"
refused "a duty at an unknown need" '"need" is missing or not usable (entry 0)' "$work/instance.json" "$work/bad.json"
echo '{"cost":[]}' >"$work/bad.json"
refused "no duties" '"duties" is missing or not usable' "$work/instance.json" "$work/bad.json"
duties 11:1 11:1 >"$work/bad.json"
refused "the same duty twice" "Entry 1 of the roster repeats" "$work/instance.json" "$work/bad.json"
duties 12:3 14:3 >"$work/bad.json"
refused "a roster that breaks a rule" "has a care arrangement (person 12, need 3)" "$work/instance.json" "$work/bad.json"
sed 's/"tag": 12/"tag": 11/' "$work/instance.json" >"$work/twice.json"
refused "a tag that stands twice" '"person" is missing or not usable' "$work/twice.json" "$work/roster.json"
printf 'SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\nA,E=4,1440,960,3,2,1,1\nSECTION_COVER\n0,E,1,100,1\n' >"$work/public.txt"
refused "the public text form" "no gap to explain" "$work/public.txt" "$work/roster.json"
echo "1..$count"
exit "$failed"
