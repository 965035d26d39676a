#!/usr/bin/env bash
# Every workbook the program writes is opened by LibreOffice: its cells against our own CSV of the same, and saved there as
# XLSX and as Excel 97, read back by us: nothing may differ.
#   bench/opens.sh          OPENS=FOLDER keeps the files
set -uo pipefail
cd "$(dirname "$0")/.."
muster=build/release/muster
for need in soffice python3 sqlite3; do
    command -v $need >/dev/null || { echo "skipped: $need is missing"; exit 0; }
done
work=${OPENS:-$(mktemp -d /tmp/muster-opens.XXXXXX)}
[ -n "${OPENS:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{ours,csv,xlsx,xls}
db=$work/week/muster.db
"$muster" demo -o "$work/week" --seed 1 >/dev/null 2>&1 || { echo "the demo did not come to its end"; exit 1; }
team=$(sqlite3 -batch "$db" "SELECT team_id FROM membership GROUP BY team_id HAVING count(*) < 60 ORDER BY count(*) DESC LIMIT 1")
sheets="attendance needs members donation daily roster1 roster2 roster3"
args() { # of the verb sheet
    case $1 in
    attendance | needs) echo "$1 --team $team --day 2020-02-08" ;;
    members) echo "members --team $team" ;;
    donation) echo donation ;;
    daily) echo "daily --day 2020-02-08" ;;
    roster*) echo "roster --team $team --layout ${1#roster}" ;;
    esac
}
for name in $sheets; do
    for end in xlsx csv; do
        "$muster" sheet $(args "$name") --db "$db" -o "$work/ours/$name.$end" 2>/dev/null || echo "not written: $name.$end"
    done
done
for view in $("$muster" view --list | grep -oE '^[a-z_0-9]+'); do # those that can be asked for with nothing else
    "$muster" view "$view" --db "$db" --csv -o "$work/ours/view-$view.csv" 2>/dev/null &&
        "$muster" view "$view" --db "$db" --xlsx -o "$work/ours/view-$view.xlsx" || rm -f "$work/ours/view-$view.csv"
done
printf '姓名,手机\n李敏,139\n,13900000041\n周启明,13900000042\n' >"$work/bad.csv"
"$muster" import "$work/bad.csv" --db "$db" --refused "$work/ours/refused.xlsx" >/dev/null 2>&1
"$muster" plan examples/people_1.csv examples/people_2.xlsx examples/needs.xlsx --divisions data/divisions_xuzhou.csv \
    --gazetteer examples/gazetteer.csv --from 2020-02-08 -o "$work/plan" >/dev/null 2>&1
for f in "$work"/plan/*.xlsx "$work"/plan/*/*.xlsx examples/*.xlsx; do
    [ -f "$f" ] && cp "$f" "$work/ours/plan-$(basename "$f")"
done

office() { # how, into which folder, files
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$work/$2" "${@:3}" >>"$work/office" 2>&1
}
books=("$work"/ours/*.xlsx)
office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' csv "${books[@]}"
office xlsx xlsx "${books[@]}"
office xls xls "${books[@]}"
echo "workbooks written: ${#books[@]}; opened: $(ls "$work/xlsx" | wc -l); not opened: $(grep -ciE 'could not be loaded|error' "$work/office")"
python3 - "$work" <<'PYTHON'
import csv, glob, os, re, sys
work, cells, wrong, books = sys.argv[1], 0, [], 0
for ours in sorted(glob.glob(work + '/ours/*.csv')):
    name = os.path.basename(ours)[:-4]
    theirs = glob.glob(glob.escape(work + '/csv/' + name) + '-*.csv')
    a = [r for r in csv.reader(open(ours, encoding='utf-8-sig', newline=''))]
    b = [r for f in theirs for r in csv.reader(open(f, encoding='utf-8-sig', newline=''))][1:]  # a title, in the workbook alone
    books += 1
    width = max([len(r) for r in a + b] + [0])
    a, b = [[r + [''] * (width - len(r)) for r in t] for t in (a, b)]
    while b and not any(b[-1]): b.pop()
    while a and not any(a[-1]): a.pop()
    if len(a) != len(b): wrong.append(f'{name}: {len(a)} rows, there {len(b)}')
    for i, (r, s) in enumerate(zip(a, b)):
        for j, (x, y) in enumerate(zip(r, s)):
            cells += 1
            merged = not y and i and x == a[i - 1][j]  # the workbook has it once, over several rows
            worded = y and re.fullmatch('[a-z_]+', x) and name.startswith('view-')  # a state: in the workbook in words
            if x != y and not merged and not worded: wrong.append(f'{name} row {i + 1} column {j + 1}: {x!r}, there {y!r}')
print(f'cells compared: {cells} of {books} workbooks; different: {len(wrong)}')
print('\n'.join(wrong[:20]))
sys.exit(bool(wrong))
PYTHON
wrong=$?
[ "$(ls "$work/xlsx" | wc -l)" -eq ${#books[@]} ] || wrong=1
for name in $sheets; do
    [ "$name" = roster3 ] && continue # is not read
    for end in xlsx xls; do
        printf '%s saved there as %s: ' "$name" "$end"
        "$muster" sheet $(args "$name") --db "$db" --read "$work/$end/$name.$end" --lang en >"$work/said" 2>&1 || wrong=1
        tail -n 1 "$work/said"
    done
done
exit $wrong
