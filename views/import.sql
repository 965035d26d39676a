-- view: import  Imports, newest first.
-- scope: all
-- columns: id id, kind text, file_hash text, state text, rows int
SELECT i.id, i.kind, i.file_hash, i.state, (SELECT count(*) FROM import_row r WHERE r.import_id = i.id) AS "rows"
FROM import i WHERE 1 = 1 /*scope*/ ORDER BY i.id DESC;
