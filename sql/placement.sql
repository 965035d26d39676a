-- name: placement.current
-- args: person int
SELECT p.placement_id, l.text_key, l.settled
FROM person p LEFT JOIN placement l ON l.id = p.placement_id WHERE p.id = $person;
-- name: placement.find_same
-- args: person int, community text?, compound int?, state text, reasons text, text_key text, candidates text, suggested text?, settled int
SELECT l.id FROM person p JOIN placement l ON l.id = p.placement_id
WHERE p.id = $person AND l.community_code IS NOT DISTINCT FROM $community
    AND l.compound_id IS NOT DISTINCT FROM $compound AND l.state = $state AND l.reasons = $reasons
    AND l.text_key = $text_key AND l.candidates = $candidates;
-- name: placement.add
-- args: id int, person int, community text?, compound int?, state text, reasons text, text_key text, candidates text, suggested text?, settled int, by int?
INSERT INTO placement (id, person_id, community_code, compound_id, state, reasons, text_key, candidates,
    suggested_code, settled, decided_by)
VALUES ($id, $person, $community, $compound, $state, $reasons, $text_key, $candidates, $suggested, $settled, $by);
-- name: placement.point
-- args: person int, id int
UPDATE person SET placement_id = $id, version = version + 1 WHERE id = $person;
-- name: placement.settle
-- args: text_key text, community text?, outside int, by int?, now int
INSERT INTO place_rule (text_key, community_code, outside, decided_by, decided_at)
VALUES ($text_key, $community, $outside, $by, $now)
ON CONFLICT (text_key) DO UPDATE SET community_code = excluded.community_code, outside = excluded.outside,
    decided_by = excluded.decided_by, decided_at = excluded.decided_at;
-- name: placement.alike
-- args: text_key text, community text?
SELECT p.id AS person_id FROM placement l JOIN person p ON p.placement_id = l.id
WHERE l.text_key = $text_key AND p.erased_at IS NULL AND (l.state = 'queued' OR l.settled = 1)
    AND (l.state = 'queued' OR l.community_code IS DISTINCT FROM $community)
ORDER BY p.id;
