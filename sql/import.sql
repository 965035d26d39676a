-- name: import.find_applied
-- args: kind text, hash text
SELECT id FROM import WHERE kind = $kind AND file_hash = $hash AND state = 'applied' ORDER BY id LIMIT 1;
-- name: import.add
-- args: id int, kind text, hash text
INSERT INTO import (id, kind, file_hash, state) VALUES ($id, $kind, $hash, 'applying');
-- name: import.put_row
-- args: import int, row_no int, cells text, verdict text, noun int?
INSERT INTO import_row (import_id, row_no, cells, verdict, noun_id) VALUES ($import, $row_no, $cells, $verdict, $noun)
ON CONFLICT (import_id, row_no) DO UPDATE SET cells = excluded.cells, verdict = excluded.verdict,
    noun_id = excluded.noun_id;
-- name: import.finish
-- args: import int
UPDATE import SET state = 'applied' WHERE id = $import RETURNING id;
