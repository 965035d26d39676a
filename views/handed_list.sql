-- view: handed_list  Agencies and the lists each has handed in by its link; those without one last.
-- scope: all   for: commander auditor   also: $org id?, $list id?
-- columns: org_id id, org text, list_id id, file text, file_hash text, home text, contact name, rows int, errors int, handed_at utc, taken yes
SELECT g.id AS org_id, g.name AS org, h.id AS list_id, h.file, h.file_hash, h.home, /*name*/h.contact/*end*/ AS contact, h.row_count AS "rows", h.error_count AS errors, h.handed_at,
    CASE WHEN EXISTS (SELECT 1 FROM import i WHERE (i.file_hash = h.file_hash OR i.bytes_hash = h.file_hash) AND i.state = 'applied') THEN 1 ELSE 0 END AS taken
FROM org g LEFT JOIN handed_list h ON h.org_id = g.id AND h.replaced_at IS NULL
WHERE (g.kind = 'agency' OR h.id IS NOT NULL) AND ($org IS NULL OR g.id = $org) AND ($list IS NULL OR h.id = $list) /*scope*/
ORDER BY CASE WHEN h.id IS NULL THEN 1 ELSE 0 END, h.handed_at DESC, g.id, h.file;
