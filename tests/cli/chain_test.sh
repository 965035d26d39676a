#!/usr/bin/env bash
# muster chain from outside: who is meant is shown first, then recorded as told by another; each bad input is named.
cd "$(dirname "$0")/../.." || exit 1
muster=$PWD/build/asan/muster
[ -x "$muster" ] || muster=$PWD/build/release/muster
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/report.sh
db=$work/m.db
act() { "$muster" command "$@" --db "$db" --lang en 2>>"$work/log"; }
chain() { "$muster" chain "$@" --db "$db" --lang en >"$work/log" 2>&1; }
number() { tr -dc 0-9; }
operation=$(act operation.open title=Watch zone=Asia/Shanghai | number)
act person.import rows='[{"name":"Commander"},{"name":"Deputy"}]' >/dev/null
act person.import rows='[{"name":"苏雨晴","phone":"13900002222","org":["桥梁厂"]},{"name":"林知远","phone":"13900001111","org":["桥梁厂"]},{"name":"何建平","phone":"13900003333","org":["桥梁厂"]},{"name":"张伟","phone":"13900000001","org":["桥梁厂"]},{"name":"张伟","phone":"13900000002","org":["桥梁厂"]}]' >/dev/null
person() { "$muster" view person --db "$db" --csv --lang en | tr -d '\r' | grep ",$1," | cut -d, -f1 | head -1; }
org=$("$muster" view org --db "$db" --csv --lang en | tr -d '\r' | grep 桥梁厂 | cut -d, -f1)
liaison=$(person 苏雨晴)
act role_grant.add person="$(person Commander)" role=commander scope=all >/dev/null
act role_grant.add person="$(person Deputy)" role=commander scope=all >/dev/null
act role_grant.add person="$liaison" role=liaison scope=org org="$org" >/dev/null
hour() { echo $(($(date +%s%3N) + $1 * 3600000)); }
order=$(act order.draft --as "$(person Commander)" operation="$operation" number=1 text=Come. orgs="[$org]" reply_by="$(hour 4)" report_at="$(hour 20)" | number)
act order.release --as "$(person Deputy)" order="$order" >/dev/null && act notice.queue --as "$(person Deputy)" order="$order" >/dev/null
report "an order whose liaison has five people"
answers() { "$muster" view notice_answer --db "$db" --count order="$order"; }
printf '#接龙\n1. 林 知远 周六\n2. 何建平不能来\n3. 张伟\n4. 张伟 0002\n5. 王五\n6. 林知远\n' >"$work/chain.txt"
chain "$work/chain.txt" --as "$liaison"
[ $? -eq 1 ] && grep -q '^matched   林知远' "$work/log" && grep -q '^says no?  何建平' "$work/log" && grep -q '^several   张伟' "$work/log" &&
    grep -q '^matched   张伟.*0002' "$work/log" && grep -q '^unmatched 王五' "$work/log" && grep -q '^again     林知远' "$work/log" &&
    grep -q '^2 people matched' "$work/log" && [ "$(answers)" -eq 0 ]
report "shown, and nothing is recorded"
chain - --as "$liaison" --apply <"$work/chain.txt"
[ $? -eq 1 ] && grep -q '^2 people recorded' "$work/log" && [ "$(answers)" -eq 2 ] &&
    [ "$("$muster" view notice_answer --db "$db" --csv order="$order" | grep -c ',group,')" -eq 2 ]
report "from standard input, recorded as told by the group"
chain "$work/chain.txt" --as "$liaison" --apply
[ "$(answers)" -eq 2 ] && grep -q '^look      林知远' "$work/log"
report "once more records nobody twice"
printf '1. 林知远\n' | chain - --as "$(person Commander)"
[ $? -eq 1 ] && grep -q '^unmatched' "$work/log"
report "of another's list nobody is meant"
printf '' >"$work/empty.txt"; chain "$work/empty.txt" --as "$liaison"
[ $? -eq 2 ] && [ -s "$work/log" ]
report "an empty one"
printf '1. \xff\xfe\n' >"$work/bad.txt"; chain "$work/bad.txt" --as "$liaison"
[ $? -eq 2 ] && grep -q UTF-8 "$work/log"
report "another encoding"
for _ in $(seq 301); do echo "1. 王五"; done >"$work/long.txt"; chain "$work/long.txt" --as "$liaison"
[ $? -eq 2 ] && grep -q 300 "$work/log"
report "too long"
chain "$work/nowhere.txt" --as "$liaison"; [ $? -eq 2 ] && grep -q nowhere.txt "$work/log"
report "no such file"
chain "$work/chain.txt"; [ $? -eq 2 ] && grep -q -- --as "$work/log"
report "nobody's list"
chain "$work/chain.txt" --as me; [ $? -eq 2 ]
report "a person who is no number"
exit "$failed"
