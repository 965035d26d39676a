#!/usr/bin/env bash
# muster roster solve and check on bad instances: exit 2, the place, the reason and a remedy in both languages, no file.
cd "$(dirname "$0")/../.." || exit 1
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
. tests/report.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-bad.XXXXXX")
trap 'rm -rf "$work"' EXIT
says() { # verb, language, text that must stand in what is said
    local more=(--steps 20 -o "$work/no")
    [ "$1" = check ] && more=("$work/sol")
    "$muster" roster "$1" "$work/bad" "${more[@]}" --lang "$2" >"$work/said" 2>&1
    local code=$?
    [ "$code" = 2 ] && grep -qF -- "$3" "$work/said" && [ "$(grep -c . "$work/said")" -ge 2 ] && [ ! -e "$work/no" ] &&
        ! grep -q "runtime error\|AddressSanitizer" "$work/said" && return 0
    sed "s/^/# exit $code: /" "$work/said"
    return 1
}
refused() { # what, in English, in Chinese; the instance is in $work/bad
    says solve en "$2" && says check en "$2" && says solve zh-CN "$3"
    report "$1"
}

# the public form: the line is named
cat >"$work/good" <<'END'
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
printf -- '- - - -\n- - - -\n' >"$work/sol"
"$muster" roster solve "$work/good" --steps 20 -o "$work/out" >"$work/said" 2>&1 && [ -s "$work/out" ]
report "the instance without a mistake is solved"
spoil() { sed "$1" "$work/good" >"$work/bad"; }
head -n 8 "$work/good" >"$work/bad"
refused "cut short before the cover" "Line 8 of" "第 8 行"
head -c 150 "$work/good" >"$work/bad"
refused "cut short within a record" "Line $(($(wc -l <"$work/bad") + 1)) of" "第 $(($(wc -l <"$work/bad") + 1)) 行"
spoil 's/^3,L/3,X/'
refused "an unknown shift in the cover" 'Line 11 of the roster problem: "X"' "第 11 行：“X”"
spoil 's/^A,E=4/A,X=4/'
refused "an unknown shift in a cap" 'Line 7 of the roster problem: "X"' "第 7 行：“X”"
spoil 's/^L,480,E/L,480,X/'
refused "an unknown shift that may not follow" 'Line 5 of the roster problem: "X"' "第 5 行：“X”"
spoil 's/1440,960/960,1440/'
refused "least hours above the most" 'Line 7 of the roster problem: "1440"' "第 7 行：“1440”"
for days in 0 -1 10000 99999999999999999999; do
    spoil "2s/4/$days/"
    refused "a horizon of $days" "Line 2 of the roster problem: \"$days\"" "第 2 行：“$days”"
done
for weight in -1 1000001 4294967396 99999999999999999999; do
    spoil "s/^0,E,1,100/0,E,1,$weight/"
    refused "a weight of $weight" "Line 10 of the roster problem: \"$weight\"" "第 10 行：“$weight”"
done
spoil 's/^0,E,1,100/0,E,1,900000/'
refused "a weight that the sums of a line do not hold" "The weights of day 0 (from 0) for person 0 may come to 900800; at most 524288." "第 0 天"
{
    head -n 6 "$work/good"
    seq -f 'P%.0f,E=4|L=4,1440,960,3,2,1,1' 100000
    tail -n 3 "$work/good"
} >"$work/bad"
refused "a hundred thousand people" 'Line 1007 of the roster problem: "P1001"' "第 1007 行"

# the project's own form: the key and entry are named
json() { # members of the problem, of the first person, of the first need
    echo "{\"days\":4,\"one_a_day\":true,\"kinds\":[{\"start\":480,\"end\":960}],$1
          \"needs\":[{\"tag\":7,\"day\":0,\"kind\":0,\"min\":1$3},{\"tag\":8,\"day\":2,\"kind\":0,\"min\":0,\"target\":1}],
          \"people\":[{\"tag\":11$2},{\"tag\":12,\"run_min\":2}]}"
}
echo '{"duties":[]}' >"$work/sol"
json "" "" "" >"$work/good"
"$muster" roster solve "$work/good" --steps 20 -o "$work/out" >"$work/said" 2>&1
report "the one in JSON too"
head -n 2 "$work/good" >"$work/bad"
refused "JSON cut short" "(line 3)" "第 3 行" # where the text ends
json "" "" ',"kind":3' >"$work/bad"
refused "a key given twice" "(line 2)" "第 2 行"
json "" "" "" | sed 's/"day":2,"kind":0/"day":2,"kind":1/' >"$work/bad"
refused "an unknown kind" "Line 2: The roster problem cannot be used: need, entry 1" "第 2 行：排班题目不能用：need 第 1 项"
json "" "" ',"target":3,"limit":2' >"$work/bad"
refused "impossible bounds of a need" "Line 2: The numbers of need 7 contradict" "第 2 行：需求 7"
json "" ',"run_min":3,"run_max":2' "" >"$work/bad"
refused "impossible bounds of a person" "Line 3: The lower limits of person 11 are above" "第 3 行：人员 11"
for days in 0 10000; do
    json "" "" "" | sed "s/\"days\":4/\"days\":$days/" >"$work/bad"
    refused "$days days" 'Line 1: "days" is missing or not usable' "第 1 行：“days”"
done
json "" "" ',"under_cost":1000000' >"$work/bad"
refused "a weight that the sums do not hold" "Line 3: The weights of day 0 (from 0) for person 11" "人员 11 在第 0 天"
json "" "" ',"priority":300' >"$work/bad"
refused "a priority that the sums do not hold" "The priority of need 7 is 300; with lower limits or soft rules of people it is at most 259 here" "需求 7 的优先级是 300"
json "" "" ',"priority":1001' >"$work/bad"
refused "a priority past all bounds" "priority 1001 (0 to 1000)" "优先级 1001（0 到 1000）"
json "" ',"wishes":[[0,9223372036854775807]]' "" >"$work/bad"
refused "a wish past all bounds" 'Line 3: "wishes" is missing or not usable (entry 0)' "“wishes”"
json "" ',"soft":{"work":{"min":5,"max":3,"weight":1}}' "" >"$work/bad"
refused "a soft rule that cannot be" 'Line 3: Days in a row of "work", entry 0' "“work”第 0 项"
json '"kind_runs":[{"min":1,"max":2,"weight":-4}],' "" "" >"$work/bad"
refused "a weight below zero" 'Line 1: Days in a row of "kind_runs", entry 0' "“kind_runs”第 0 项"
json "" ',"soft":{"last_kind":-1,"last_work_run":3}' "" >"$work/bad"
refused "a day off after three days worked" "contradicts itself for person 11: last kind -1 (-1: off), 0 days of it in a row, 3 worked" "人员 11 在第一天之前"
json "" ',"soft":{"last_kind":0,"last_work_run":-3}' "" >"$work/bad"
refused "days worked below zero" "last_run, entry 0" "last_run 第 0 项"
json "" ',"past":[[-1,600,480,0]]' "" >"$work/bad"
refused "a duty before that ends before it begins" "past, entry 0" "past 第 0 项"
json "" ',"minutes_before":60,"night_minutes_before":61' "" >"$work/bad"
refused "more night than all hours" "night_minutes_before, entry 0" "night_minutes_before 第 0 项"
json "" ',"rest_minutes":10080' "" >"$work/bad"
refused "rest past the next day" "Line 3: The rest of person 11" "人员 11 的休息"
json '"locks":[{"person":1,"need":0}],"fair":true,' "" "" >"$work/bad"
refused "rules that do not go together" "fairness" "公平"
json '"locks":[{"person":0,"need":0}],' ',"blocked":[[0,4]]' "" >"$work/bad"
refused "a lock against a rule" 'Line 1: Person 11 is locked to need 7, which the rule "cannot" forbids' "人员 11 锁定在需求 7"
json '"locks":[{"person":1,"need":0},{"person":1,"need":0,"on":false}],' "" "" >"$work/bad"
refused "two locks against each other" "Person 12 is locked to need 7" "人员 12 锁定在需求 7"
json '"locks":[{"person":1,"need":0}],' "" "" >"$work/bad"
refused "a lock no legal line holds" "no line of days that holds all locks" "没有任何排法"
json '"locks":[{"person":1,"need":0}],' ',"kind_max":[1]' "" | sed 's/"day":2/"day":1/; s/"run_min":2/"run_min":2,"kind_max":[1]/' >"$work/bad"
refused "a lock whose lower end a cap forbids" 'The rule in the way: "kind"' "妨碍的规则：“kind”"
json '"pairs":[{"a":0,"b":1,"kind":2}],"locks":[{"person":1,"need":0}],' ',"blocked":[[0,4]]' "" | sed 's/,"run_min":2//' >"$work/bad"
refused "a lock to where the partner cannot come" 'Person 12 is locked to need 7, which the rule "together" forbids' "人员 12 锁定在需求 7"
json "" "" "" | sed 's/"tag":12,/"tag":12,\n  "run_minn":2,\n  /' >"$work/bad"
refused "a misspelt key" 'Line 4: There is no "run_minn" in people' "第 4 行：people"
json "" ',"wishes":[[0,1],[9,1]]' "" | tr -d '\n' | tr ',' '\n' | sed '2,$s/^/,/' >"$work/bad"
refused "a need that there is not, one word a line" "Line $(grep -n wishes "$work/bad" | cut -d: -f1): \"wishes\"" "行：“wishes”"
json '"locks":[{"person":1,"need":1},
{"person":1,"need":1,"on":false},
{"person":0,"need":0}],' ',"blocked":[[0,4]]' "" | sed 's/"on":false/"on":true/' >"$work/bad"
refused "the second of two locks" 'Line 3: Person 11 is locked' "第 3 行：人员 11"
{
    echo '{"days":1,"people":['
    for ((i = 1; i < 100000; i++)); do echo '{},'; done
    echo '{}]}'
} >"$work/bad"
refused "a hundred thousand people in JSON" 'Line 1: "people" is missing or not usable (entry 100000)' "“people”"
echo "1..$count"
