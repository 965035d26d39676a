-- view: bulletin_figure  Figures of a bulletin, each with the view and arguments that list its records.
-- scope: all   for: commander auditor   also: $bulletin id
-- columns: name text, kind text, view text, args text, value int, records int
SELECT f.name, f.kind, f.view, f.args, f.value,
    (SELECT count(*) FROM bulletin_record r WHERE r.bulletin_id = f.bulletin_id AND r.name = f.name) AS records
FROM bulletin_figure f WHERE f.bulletin_id = $bulletin /*scope*/
ORDER BY f.name;
