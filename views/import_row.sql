-- view: import_row  Rows of an import with their verdict.
-- scope: all   also: $import id
-- columns: import_id id, row_no int, cells text, verdict text, noun_id id
SELECT r.import_id, r.row_no, r.cells, r.verdict, r.noun_id
FROM import_row r WHERE r.import_id = $import /*scope*/ ORDER BY r.row_no;
