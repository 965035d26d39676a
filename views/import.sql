-- view: import  Imports, newest first.
-- scope: all   for: commander auditor
-- columns: id id, kind text, file text, file_hash text, state text, rows int, errors int, written_at utc, undone_at utc, undone_by text
SELECT i.id, i.kind, i.file, i.file_hash, i.state,
    (SELECT count(*) FROM import_row r WHERE r.import_id = i.id) AS "rows",
    (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.verdict = 'error') AS errors,
    COALESCE(i.applied_at, i.begun_at) AS written_at, i.undone_at, u.name AS undone_by
FROM import i LEFT JOIN person u ON u.id = i.undone_by WHERE 1 = 1 /*scope*/ ORDER BY i.id DESC;
