-- name: handed_list.same_name
-- args: org int, file text
SELECT id, file_hash FROM handed_list WHERE org_id = $org AND file = $file AND replaced_at IS NULL;
-- name: handed_list.load
-- args: org int, list int
SELECT h.file, h.file_hash,
    CASE WHEN EXISTS (SELECT 1 FROM import i WHERE (i.file_hash = h.file_hash OR i.bytes_hash = h.file_hash) AND i.state IN ('applied', 'applying'))
        THEN 1 ELSE 0 END AS taken
FROM handed_list h WHERE h.id = $list AND h.org_id = $org AND h.replaced_at IS NULL;
-- name: handed_list.close
-- args: id int, now int
-- replaced by another, or withdrawn
UPDATE handed_list SET replaced_at = $now WHERE id = $id;
-- name: handed_list.waits
-- args: org int, hash text
SELECT id FROM handed_list WHERE org_id = $org AND file_hash = $hash AND replaced_at IS NULL LIMIT 1;
-- name: handed_list.add
-- args: id int, org int, file text, hash text, home text, contact text, rows int, errors int, now int
INSERT INTO handed_list (id, org_id, file, file_hash, home, contact, row_count, error_count, handed_at)
VALUES ($id, $org, $file, $hash, $home, $contact, $rows, $errors, $now);
