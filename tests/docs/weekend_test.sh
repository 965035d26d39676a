#!/usr/bin/env bash
# docs/weekend.md: every command in it runs, in order, and shows what the page says. MUSTER_ACCEPT=1 writes the results
# anew into the page. In a block ```console a line "$ ..." is a command, "> ..." goes on with it; the rest is its result.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
page=$root/docs/weekend.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/play"
if [ -x build/asan/muster ]; then ln -s "$root/build/asan/muster" "$work/bin/muster"; else ln -s "$root/build/release/muster" "$work/bin/muster"; fi

# Each command into a file of its own, with the result the page shows beside it, and one script that runs them all.
awk -v work="$work" '
    /^```/ { open = $0 == "```console"; next }
    !open { next }
    /^\$ / { n++; print substr($0, 3) > (work "/command" n); printf "" > (work "/want" n); next }
    /^> / { print substr($0, 3) > (work "/command" n); next }
    { print > (work "/want" n) }
    END { print n + 0 > (work "/count") }' "$page"
count=$(cat "$work/count")
undated() { sed -E 's/20[0-9]{2}(-[0-9]+)+/DATE/g' "$1"; } # days, and numbers that begin with the year
export PATH="$work/bin:$PATH" TZ=Asia/Shanghai
cd "$work/play" || exit 1
for ((i = 1; i <= count; i++)); do # in this shell: what a command sets, the next one has
    . "$work/command$i" > "$work/raw" 2>&1
    sed '/^[a-z_.]* took [0-9]* ms\.$/d; s/\r$//; s/^\xef\xbb\xbf//' "$work/raw" > "$work/got$i"
done

if [ -n "${MUSTER_ACCEPT:-}" ]; then
    awk -v work="$work" '
        function result() { while (n && (getline line < (work "/got" n)) > 0) print line; if (n) close(work "/got" n) }
        /^```/ { if (open) result(); open = $0 == "```console"; if (open) { shown = n; } print; last = 0; next }
        !open { print; next }
        /^\$ / { if (last) result(); n++; last = 1; print; next }
        /^> / { print; next }' "$page" > "$work/page" && cp "$work/page" "$page"
fi
[ "$count" -ge 40 ] && echo "ok 1 - the page tells $count commands" || echo "not ok 1 - the page tells only $count commands"
for ((i = 1; i <= count; i++)); do
    name=$(head -n 1 "$work/command$i" | tr -d '#' | cut -c 1-60)
    if [ -n "${MUSTER_ACCEPT:-}" ] || diff <(undated "$work/want$i") <(undated "$work/got$i") > "$work/log"; then
        echo "ok $((i + 1)) - $name"
    else
        echo "not ok $((i + 1)) - $name"
        sed 's/^/# /' "$work/log"
    fi
done
