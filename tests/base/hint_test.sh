#!/usr/bin/env bash
# Every error that the sources raise says in both languages what happened and, as .hint, what to do next.
cd "$(dirname "$0")/../.." || exit 1
n=0
# The key stands beside its code: refuse(c, ERR_INPUT, "need.span", ...), { SQLITE_FULL, ERR_DISK, "store.disk_full" };
# of store. and command.bad. all keys are errors, wherever the code stands, and so are the keys in base/file.c.
raised=$({
    cat src/*/*.[ch] | tr '\n' ' ' | grep -oE 'ERR_[A-Z_]+ *[,:?] *"[a-z_]+\.[a-z_.]+"|"(store|command\.bad)\.[a-z_]+"'
    grep -oE '"file\.[a-z_]+"' src/base/file.c
} | grep -oE '"[^"]+"' | tr -d '"' | sort -u)
for lang in zh-CN en; do
    keys=$(cat words/$lang/*.words | sed -nE 's/^([a-z0-9_.]+) = .*/\1/p' | sort -u)
    wrong=
    for key in $raised; do
        for wanted in "$key" "$key.hint"; do
            grep -qxE "${wanted//./\\.}(\.other)?" <<<"$keys" || wrong+="$wanted has no words in $lang"$'\n'
        done
    done
    n=$((n + 1))
    if [ -z "$wrong" ] && [ "$(wc -w <<<"$raised")" -gt 100 ]; then
        echo "ok $n - every error has words and a hint in $lang"
    else
        echo "not ok $n - every error has words and a hint in $lang"
        printf '# %s\n' "$wrong"
    fi
done
# What muster check finds is an error by another road.
wrong=$(for lang in zh-CN en; do
    for key in $(grep -oE '"check\.[a-z_]+"' src/command/check.c | tr -d '"' | sort -u); do
        grep -q "^$key\.hint = " words/$lang/check.words || echo "$key.hint has no words in $lang"
    done
done)
n=$((n + 1))
if [ -z "$wrong" ]; then echo "ok $n - so has every finding"; else echo "not ok $n - so has every finding"; echo "# $wrong"; fi
echo "1..$n"
