#!/usr/bin/env bash
# Every verb tells how it is used, in both languages, and every command and view what it takes.
cd "$(dirname "$0")/../.." || exit 1
muster=build/asan/muster
[ -x "$muster" ] || muster=build/release/muster
. tests/report.sh
"$muster" --help | grep -q "muster plan" && "$muster" --help --lang en | grep -q "Usage"
report $? "the program tells its verbs"
for verb in plan command view place roster worker; do
    [ "$("$muster" $verb --help | head -n 1 | cut -d ' ' -f 1,2)" = "muster $verb" ] &&
        [ "$("$muster" $verb --help --lang en | wc -l)" -ge 2 ]
    report $? "muster $verb --help"
done
"$muster" command person.import --help | grep -q 'rows=.*name:name'
report $? "a command tells its arguments and rows"
"$muster" view availability --help | grep -q 'person=id'
report $? "a view tells its arguments"
"$muster" nonsense --help > /dev/null 2>&1
[ $? -eq 2 ]
report $? "an unknown verb is named"
echo "1..$count"
