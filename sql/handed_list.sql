-- name: handed_list.newest
-- args: org int
SELECT id, file_hash FROM handed_list WHERE org_id = $org AND replaced_at IS NULL;
-- name: handed_list.replace
-- args: org int, now int
UPDATE handed_list SET replaced_at = $now WHERE org_id = $org AND replaced_at IS NULL;
-- name: handed_list.add
-- args: id int, org int, file text, hash text, home text, contact text, rows int, errors int, now int
INSERT INTO handed_list (id, org_id, file, file_hash, home, contact, row_count, error_count, handed_at)
VALUES ($id, $org, $file, $hash, $home, $contact, $rows, $errors, $now);
