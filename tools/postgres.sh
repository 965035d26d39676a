# A private PostgreSQL in a folder, for ./test and bench/run.sh, which read this file; it knows $work, a temporary folder.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) # empty: there is none
data=$work/data

# initdb and the server refuse to be root
as_server() {
    if [ "$(id -u)" -ne 0 ]; then "$@"
    elif command -v runuser >/dev/null; then runuser -u postgres -- "$@"
    else su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"; fi
}
# $1: options for the server, as "-c fsync=off". Leaves its address in postgres_url; what it says in $work/logs/server.
postgres_start() {
    [ "$(id -u)" -ne 0 ] || chown postgres "$work" || return 1
    chmod 755 "$work"
    (cd "$work" && as_server "$bin/initdb" -D "$data" -U muster --locale=C.UTF-8 -E UTF8 -A trust -N) >"$work/logs/server" 2>&1 ||
        return 1
    local try port
    for try in 1 2 3 4 5 6 7 8; do
        port=$((20000 + RANDOM % 12000))
        if (cd "$work" && as_server "$bin/pg_ctl" -D "$data" -w -t 60 -l "$data/log" -o "-c listen_addresses=127.0.0.1 \
-c port=$port -c unix_socket_directories=$work -c max_connections=60 $1" start) >>"$work/logs/server" 2>&1; then
            postgres_url="postgresql://muster@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    return 1
}

postgres_stop() {
    [ ! -f "$data/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1
}
