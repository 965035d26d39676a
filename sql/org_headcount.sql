-- name: org_headcount.org
-- args: org int
SELECT id FROM org WHERE id = $org;
-- name: org_headcount.replace
-- args: org int, now int
UPDATE org_headcount SET replaced_at = $now WHERE org_id = $org AND replaced_at IS NULL;
-- name: org_headcount.add
-- args: id int, org int, headcount int, contact text, phone text, note text, now int
INSERT INTO org_headcount (id, org_id, headcount, contact, phone, note, said_at)
VALUES ($id, $org, $headcount, $contact, $phone, $note, $now);
-- name: org_headcount.phone
-- args: org int
SELECT phone FROM org_headcount WHERE org_id = $org AND replaced_at IS NULL;
