#!/usr/bin/env bash
# Includes point one way (STYLE.md section 1), every header compiles alone, only cli calls exit.
cd "$(dirname "$0")/.." || exit 1
n=0
report() { # problems, name
    n=$((n + 1))
    if [ -z "$1" ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; printf '# %s\n' "$1"; fi
}

# Rooms each room may include besides itself. A command's header (app.h, context) is what cli and web see.
declare -A may=(
    [base]="" [domain]="base" [place]="domain base" [roster]="domain base" [store]="domain base"
    [channel]="domain base" [sheet]="domain base" [print]="domain base"
    [command]="view store place roster channel sheet print domain base"
    [view]="store place roster channel sheet print domain base"
    [job]="command view place roster channel sheet print domain base"
    [cli]="job web command view place roster channel sheet print domain base"
    [web]="job command view place roster channel sheet print domain base"
)
wrong=
while IFS=: read -r file line include; do
    room=${file#src/} room=${room%%/*}
    target=${include#*\"} target=${target%%\"*}
    [[ $target == */* ]] || { wrong+="$file:$line: $target names no room"$'\n'; continue; }
    target=${target%%/*}
    [ "$target" = "$room" ] && continue
    [[ -v may[$room] ]] || { wrong+="$file: no such room: $room"$'\n'; continue; }
    [[ " ${may[$room]} " == *" $target "* ]] || wrong+="$file:$line: $room may not include $target"$'\n'
done < <(grep -rnE '^ *# *include *"' src)
report "$wrong" "includes point one way"

flags="$(pkg-config --cflags libpq icu-uc pangocairo jansson libsodium libzip libuv) -I/usr/share/include/llhttp"
wrong=
while read -r header; do
    # shellcheck disable=SC2086
    out=$(echo "#include \"${header#src/}\"" | gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Isrc \
        $flags -fsyntax-only -x c - 2>&1) || wrong+="$header: $out"$'\n'
done < <(find src -name '*.h' | sort)
report "$wrong" "every header compiles alone"

wrong=$(grep -rnE '(^|[^_a-z])exit\(' src --include='*.c' | grep -Ev '^src/(cli/|base/arena\.c)')
report "$wrong" "only cli calls exit"
wrong=$(grep -rnE '(^|[^_a-z])free\(' src --include='*.c' | grep -Ev '^src/base/')
report "$wrong" "only base calls free"
wrong=$(comm -3 <(cd words/zh-CN && ls) <(cd words/en && ls))
report "$wrong" "both languages have the same word files"
wrong=$(find src -name 'util*' -o -name 'common*' -o -name 'helper*')
report "$wrong" "no file is called utils, common or helper"
echo "1..$n"
