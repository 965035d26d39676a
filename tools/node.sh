#!/usr/bin/env bash
# What tests ask of npm (tests/node), installed into build/node as the lock file says; again only when that file changed.
# Prints where it is.
set -euo pipefail
cd "$(dirname "$0")/.."
place=build/node
mkdir -p "$place"
exec 9>"$place/lock" && flock 9 # tests run two at a time
if ! cmp -s tests/node/package-lock.json "$place/installed.json"; then
    cp tests/node/package.json tests/node/package-lock.json "$place/"
    (cd "$place" && npm ci --no-audit --no-fund --ignore-scripts) >"$place/npm.log" 2>&1 || {
        cat "$place/npm.log" >&2
        exit 1
    }
    cp tests/node/package-lock.json "$place/installed.json"
fi
echo "$PWD/$place"
