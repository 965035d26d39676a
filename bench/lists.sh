#!/usr/bin/env bash
# Forty-six made-up lists of 5,000 people read in one go, and each row compared with what is true of it.
#   bench/lists.sh [SEED]
# Two headers that no table knows are said once. LISTS=FOLDER keeps the lists, the database and what was said.
set -uo pipefail
cd "$(dirname "$0")/.."
seed=${1:-1}
muster=build/release/muster
work=${LISTS:-$(mktemp -d /tmp/muster-lists.XXXXXX)}
[ -n "${LISTS:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
build/release/tools/lists -o "$work" --seed "$seed" || exit 1
tools/lists_xls.py "$work" || { echo "skipped: the lists for Excel 97 (python3-xlwt is missing)"; rm -f "$work"/*.tsv; }
"$muster" init --db "$work/lists.db" --name 方远 --phone 13900000099 --mode drill >/dev/null || exit 1
shopt -s nullglob
lists=("$work"/*.xls "$work"/*.xlsx "$work"/*.csv "$work"/*.txt)
for i in "${!lists[@]}"; do [ "${lists[i]##*/}" = truth.csv ] && unset "lists[i]"; done
start=$(date +%s%N)
"$muster" import --db "$work/lists.db" --apply --good-rows --column 怎么找到本人=手机号码 --column 住在哪里=现居住地 "${lists[@]}" \
    --refused "$work/refused.xlsx" --lang en >"$work/said" 2>"$work/wrong"
echo "files ${#lists[@]}, $((($(date +%s%N) - start) / 1000000)) ms"
"$muster" view person_double --db "$work/lists.db" --csv --lang en | tail -c +4 | cut -d, -f1-6 >"$work/doubles.csv"
sqlite3 -batch "$work/lists.db" <<SQL
.mode csv
.import $work/doubles.csv doubles
.import $work/truth.csv truth
.mode list
.separator ": "
CREATE TEMP TABLE got AS SELECT t.*, i.id AS import_id, r.verdict, r.trouble, r.noun_id, p.name AS p_name, p.phone AS p_phone,
    p.address_text AS p_home, o.name AS p_branch, (SELECT name FROM org a WHERE a.id = o.parent_id) AS p_agency
FROM truth t LEFT JOIN import i ON i.file = t.file
LEFT JOIN import_row r ON r.import_id = i.id AND r.sheet = t.sheet AND r.sheet_row = CAST(t.row AS INTEGER)
LEFT JOIN person p ON p.id = r.noun_id LEFT JOIN org o ON o.id = p.org_id;
SELECT 'rows in the lists', count(*) FROM truth;
SELECT 'files not read (a decision each)', count(DISTINCT file) FROM got WHERE import_id IS NULL;
SELECT 'rows taken', count(*) FROM got WHERE noun_id IS NOT NULL;
SELECT 'rows refused (a decision each)', count(*) FROM got WHERE import_id IS NOT NULL AND noun_id IS NULL;
SELECT 'rows taken with a doubt told', count(*) FROM got WHERE noun_id IS NOT NULL AND trouble <> '';
SELECT 'silently wrong: name', count(*) FROM got WHERE noun_id IS NOT NULL AND p_name <> name;
SELECT 'silently wrong: telephone', count(*) FROM got WHERE noun_id IS NOT NULL AND p_phone <> phone AND trouble = '';
-- full-width signs are kept as plain ones; who is on two lists has the home of the first
SELECT 'silently wrong: home, of people on one list', count(*) FROM got g WHERE noun_id IS NOT NULL AND trouble = ''
    AND p_home <> replace(replace(replace(address, '（', '('), '）', ')'), '；', ';') AND (SELECT count(*) FROM truth t WHERE t.person = g.person) = 1;
SELECT 'silently wrong: two people made one', count(*) FROM
    (SELECT 1 FROM got WHERE noun_id IS NOT NULL GROUP BY noun_id HAVING count(DISTINCT person) > 1);
SELECT 'of another agency than the list', count(*) FROM got WHERE noun_id IS NOT NULL AND branch <> '' AND COALESCE(p_agency, '') <> agency;
SELECT 'of them on two lists', count(*) FROM got g WHERE noun_id IS NOT NULL AND branch <> '' AND COALESCE(p_agency, '') <> agency
    AND (SELECT count(*) FROM truth t WHERE t.person = g.person) > 1;
SELECT 'one person kept twice', count(*) FROM
    (SELECT 1 FROM got WHERE noun_id IS NOT NULL GROUP BY person HAVING count(DISTINCT noun_id) > 1);
CREATE TEMP TABLE asked AS SELECT CAST("First person no." AS INTEGER) AS a, CAST("Second person no." AS INTEGER) AS b FROM doubles WHERE "To be asked" = 'yes';
SELECT 'pairs asked about (a decision each)', count(*) FROM asked;
SELECT 'of them one person', count(*) FROM asked WHERE EXISTS
    (SELECT 1 FROM got x JOIN got y ON y.person = x.person WHERE x.noun_id = a AND y.noun_id = b);
SQL
