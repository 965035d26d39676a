#!/usr/bin/env bash
# muster roster solve and check from the outside, in all three forms: exit codes, files, what is said in both languages.
cd "$(dirname "$0")/../.." || exit 1
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
. tests/report.sh
work=$(mktemp -d /tmp/muster-roster.XXXXXX)
trap 'rm -rf "$work"' EXIT
in=$work/said
code() { "$muster" roster "$@" >"$in" 2>&1; echo $?; }

cat >"$work/Sc" <<'END'
SCENARIO = small
WEEKS = 2
SKILLS = 2
Head
Nurse
SHIFT_TYPES = 2
Day (1,5)
Night (1,3)
FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Day 0
Night 1 Day
CONTRACTS = 1
Full (2,10) (1,5) (1,5) 2 0
NURSES = 4
An Full 2 Head Nurse
Bo Full 1 Nurse
Cy Full 1 Nurse
Di Full 2 Head Nurse
END
cat >"$work/H0" <<'END'
HISTORY
0 small
NURSE_HISTORY
An 0 0 Night 1 4 0
Bo 0 0 None 0 0 1
Cy 0 0 Day 2 2 0
Di 0 0 None 0 0 2
END
cat >"$work/WD" <<'END'
WEEK_DATA
small
REQUIREMENTS
Day Head (0,1) (1,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Day Nurse (1,1) (1,1) (1,1) (0,1) (1,1) (1,1) (0,1)
Night Nurse (0,0) (0,0) (1,1) (1,1) (0,0) (0,0) (0,0)
SHIFT_OFF_REQUESTS = 1
Bo Any Thu
END
week=("$work/Sc" "$work/H0" "$work/WD")
[ "$(code solve --inrc2 "${week[@]}" --steps 20 --seed 3 --custom-out "$work/custom" -o "$work/sol")" = 0 ]
report $? "a week is solved"
head -n 2 "$work/sol" | tr '\n' ' ' | grep -q '^SOLUTION 0 small'
report $? "the solution names week and scenario"
[ "$(code check --inrc2 "${week[@]}" "$work/sol" --history-out "$work/H1" --lang en)" = 0 ] && grep -qx Legal "$in"
report $? "the judge finds it legal"
sed -n 2p "$work/H1" | grep -qx '1 small'
report $? "the history of the next week is written"
[ "$(code solve --inrc2 "$work/Sc" "$work/H1" "$work/WD" --steps 20 --custom-in "$work/custom" -o "$work/sol2")" = 0 ] &&
    [ "$(code check --inrc2 "$work/Sc" "$work/H1" "$work/WD" "$work/sol2")" = 0 ]
report $? "the next week goes on from it"
"$muster" roster solve --inrc2 "${week[@]}" --steps 20 --seed 3 -o "$work/again" >/dev/null && cmp -s "$work/sol" "$work/again"
report $? "same seed and steps, same bytes"
echo "MUSTER_INRC2 = 1" >"$work/broken"
[ "$(code solve --inrc2 "${week[@]}" --steps 20 --custom-in "$work/broken" -o "$work/no" --lang en)" = 2 ] &&
    grep -q "broken ends after line 1" "$in" && [ ! -e "$work/no" ]
report $? "a broken custom file is named"
head -c 1200000 /dev/zero >"$work/broken"
[ "$(code solve --inrc2 "${week[@]}" --steps 20 --custom-in "$work/broken" -o "$work/no")" = 2 ]
report $? "a custom file past a mebibyte is refused"
sed 's/^Day Nurse (1,1)/Day Nurse (9,9)/' "$work/WD" >"$work/much"
[ "$(code solve --inrc2 "$work/Sc" "$work/H0" "$work/much" --steps 200 -o "$work/no")" = 1 ] && [ ! -e "$work/no" ]
report $? "a week nobody can fill ends with 1 and no file"
head -n 12 "$work/Sc" >"$work/cut"
[ "$(code solve --inrc2 "$work/cut" "$work/H0" "$work/WD" --steps 20 -o "$work/no" --lang en)" = 2 ] && grep -q "cut ends after line 12" "$in"
report $? "a scenario cut short is named with its line"
[ "$(code solve --inrc2 "$work/Sc" "$work/H0" --steps 20 -o "$work/no")" = 2 ]
report $? "a missing file is asked for"

printf 'SOLUTION\n0 small\nASSIGNMENTS = 3\nAn Mon Day Nurse\nBo Tue Day Head\nBo Tue Day Nurse\n' >"$work/sol"
[ "$(code check --inrc2 "${week[@]}" "$work/sol" --lang en)" = 1 ] && grep -q "An, Mon Day Nurse: has too little rest" "$in" &&
    grep -q "Bo, Tue Day Head: lacks the skill" "$in" && grep -q "Bo, Tue Day Nurse: is on duty already" "$in" &&
    grep -q "Wed Day Nurse lacks 1 of at least 1" "$in"
report $? "each breach is named, and what is short"
[ "$(code check --inrc2 "${week[@]}" "$work/sol" --lang zh-CN)" = 1 ] && grep -q "没有所需技能" "$in" && grep -q "缺1人" "$in"
report $? "in Chinese too"
[ "$(code check --inrc2 "${week[@]}" "$work/Sc")" = 2 ]
report $? "what is no solution is refused"

cat >"$work/i24" <<'END'
SECTION_HORIZON
4
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=4|L=4,1440,960,3,2,1,1
B,E=4|L=0,1440,960,3,2,1,1
SECTION_COVER
0,E,1,100,1
3,L,1,100,1
END
[ "$(code solve "$work/i24" --steps 400 -o "$work/sol")" = 0 ] && [ "$(code check "$work/i24" "$work/sol")" = 0 ]
report $? "the form shift24 is solved and judged"
printf 'L E - -\n- - - L\n' >"$work/sol"
[ "$(code check "$work/i24" "$work/sol" --lang en)" = 1 ] && grep -q "A, 1 E: has too little rest" "$in" &&
    grep -q "B, 3 L: has too many shifts of this kind" "$in" && grep -q "B is below a lower limit" "$in"
report $? "breaches are named by day and shift"
printf 'L,E,-\n- - - L\n' >"$work/sol"
[ "$(code check "$work/i24" "$work/sol" --lang en)" = 2 ] && grep -q "sol, line 1" "$in"
report $? "a day missing is named with its line"

cat >"$work/json" <<'END'
{"days":1,"kinds":[{"start":480,"end":720}],"needs":[{"tag":7,"day":0,"kind":0,"min":1}],
 "people":[{"tag":11,"blocked":[[0,4]]},{"tag":12}],"locks":[]}
END
[ "$(code solve "$work/json" --steps 200 -o "$work/sol")" = 0 ] && [ "$(code check "$work/json" "$work/sol")" = 0 ]
report $? "the JSON form is solved and judged"
echo '{"duties":[{"person":11,"need":7}]}' >"$work/sol"
[ "$(code check "$work/json" "$work/sol" --lang en)" = 1 ] && grep -q "11, 7: cannot come" "$in"
report $? "a breach is named by tags"
echo '{"duties":[{"person":13,"need":7}]}' >"$work/sol"
[ "$(code check "$work/json" "$work/sol")" = 2 ]
report $? "an unknown person in a solution is refused"
sed 's/"locks":\[\]/"locks":[{"person":0,"need":0}]/' "$work/json" >"$work/lock"
[ "$(code solve "$work/lock" --steps 200 -o "$work/no" --lang en)" = 2 ] && grep -q "locked" "$in"
report $? "a lock that breaks a rule is named"
echo "1..$count"
