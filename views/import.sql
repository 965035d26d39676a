-- view: import  Imports, newest first.
-- scope: all   for: commander auditor
-- columns: id id, kind text, file text, file_hash text, state text, rows int, errors int
SELECT i.id, i.kind, i.file, i.file_hash, i.state,
    (SELECT count(*) FROM import_row r WHERE r.import_id = i.id) AS "rows",
    (SELECT count(*) FROM import_row r WHERE r.import_id = i.id AND r.verdict = 'error') AS errors
FROM import i WHERE 1 = 1 /*scope*/ ORDER BY i.id DESC;
