-- name: import.find
-- args: kind text, hash text
SELECT id, state FROM import WHERE kind = $kind AND file_hash = $hash AND state IN ('applied', 'applying')
ORDER BY state, id LIMIT 1;
-- name: import.add
-- args: id int, kind text, file text, hash text, bytes_hash text?, now int
INSERT INTO import (id, kind, file, file_hash, bytes_hash, state, begun_at) VALUES ($id, $kind, $file, $hash, $bytes_hash, 'applying', $now);
-- name: import.put_row
-- args: import int, row_no int, sheet text, sheet_row int, cells text, verdict text, trouble text, noun int?
INSERT INTO import_row (import_id, row_no, sheet, sheet_row, cells, verdict, trouble, noun_id)
VALUES ($import, $row_no, $sheet, $sheet_row, $cells, $verdict, $trouble, $noun)
ON CONFLICT (import_id, row_no) DO UPDATE SET sheet = excluded.sheet, sheet_row = excluded.sheet_row,
    cells = excluded.cells, verdict = excluded.verdict, trouble = excluded.trouble, noun_id = excluded.noun_id;
-- name: import.finish
-- args: import int, now int
UPDATE import SET state = 'applied', applied_at = $now WHERE id = $import AND state <> 'undone' RETURNING id;
-- name: import.load
-- args: import int
SELECT id, state, COALESCE(applied_at, begun_at) AS written_at FROM import WHERE id = $import;
-- name: import.undone
-- args: import int, now int, by int?
UPDATE import SET state = 'undone', undone_at = $now, undone_by = $by WHERE id = $import;
