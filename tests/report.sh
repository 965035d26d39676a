# For tests that are scripts: one line of TAP. What $work/log holds is shown where it failed.
count=0 failed=0
report() { # what, the status of the command before decides; or a status, and what
    local status=$?
    [ $# -eq 1 ] || { status=$1 && shift; }
    count=$((count + 1))
    if [ "$status" -eq 0 ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1"
        failed=1
        [ ! -s "${work:-}/log" ] || sed 's/^/# /;40q' "$work/log"
    fi
}
