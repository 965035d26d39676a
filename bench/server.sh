#!/usr/bin/env bash
# The server's figures of docs/benchmarks.md, measured again; `make bench-server` builds and calls it. RUNS=5 for calmer medians,
# PARTS=small for some of it (small large postgres).
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/muster-bench.XXXXXX")
mkdir "$work/logs"
. tools/postgres.sh
finish() {
    postgres_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ -n "$bin" ]; then
    if postgres_start ""; then # as it comes: fsync and synchronous_commit on
        export MUSTER_BENCH_PG=$postgres_url
    else
        echo "PostgreSQL did not start:" && tail -n 5 "$work/logs/server"
    fi
fi
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) && export MUSTER_BENCH_NGINX=$nginx
ulimit -n 40000 2>/dev/null || echo "few files may be open here: ulimit -n"
build/release/bench/server_bench "$work" build/release/muster "${RUNS:-3}" ${PARTS:+"$PARTS"}
